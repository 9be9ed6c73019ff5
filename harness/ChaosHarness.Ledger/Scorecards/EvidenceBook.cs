using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>All that criteria of maturity may ask for.</summary>
/// <param name="Rows">The runs of a year, by what they showed.</param>
/// <param name="Experiments">The experiments.</param>
/// <param name="Weeks">The weeks with runs; 0 is the last seven days, 1 the seven before.</param>
public sealed record EvidenceBook(IReadOnlyList<EvidenceRow> Rows, IReadOnlyList<ExperimentCard> Experiments, IReadOnlySet<long> Weeks)
{
    /// <summary>How many weeks are looked at.</summary>
    public const int WeeksLookedAt = 12;

    /// <summary>The experiments that got worse.</summary>
    public IReadOnlyList<ExperimentCard> Worse => [.. Experiments.Where(card => card.Changes.Any(change => change.Verdict == ChangeVerdict.Worse))];

    /// <summary>The name of an experiment, for people.</summary>
    /// <param name="id">Its id.</param>
    /// <returns>Its name now.</returns>
    public string NameOf(string id) => Experiments.FirstOrDefault(card => card.Id == id)?.Name ?? id;
}
