using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Scorecards;

/// <summary>What an experiment came to in one place.</summary>
/// <param name="Series">The place: system, environment and topology, and the history there.</param>
/// <param name="Run">Its latest run that came to a conclusion; the latest of all where none did.</param>
/// <param name="Passed">How many of the latest conclusive runs passed.</param>
/// <param name="Conclusive">How many there were.</param>
public sealed record ComparedSystem(RunSeries Series, LedgerRun Run, int Passed, int Conclusive)
{
    internal static ComparedSystem Of(ExperimentCard card) => new(card.Series, card.Runs.LastOrDefault(run => run.IsConclusive) ?? card.Runs[^1], card.Passed, card.Conclusive);
}
