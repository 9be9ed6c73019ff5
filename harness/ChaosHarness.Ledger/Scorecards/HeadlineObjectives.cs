using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>What an experiment is held to, as far as a card has room for it. Each may be null: then it is measured and not judged.</summary>
/// <param name="Rto">The longest that recovery may take.</param>
/// <param name="Rpo">The most that may be lost, such as <c>500 writes, 2s</c>.</param>
/// <param name="Availability">The least availability, 0 to 1.</param>
public sealed record HeadlineObjectives(TimeSpan? Rto, string? Rpo, double? Availability)
{
    internal static HeadlineObjectives Of(LedgerRun run)
    {
        var headlines = run.Headlines;
        return new HeadlineObjectives(headlines.Rto, headlines.Rpo, headlines.AvailabilityObjective);
    }
}
