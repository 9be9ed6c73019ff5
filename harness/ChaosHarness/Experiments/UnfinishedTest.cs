namespace ChaosHarness.Experiments;

/// <summary>A test that began and has no result.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="FaultJournalFolder">Where it noted what it was about to break; empty when nobody knows.</param>
/// <param name="StartedAt">When it began.</param>
public sealed record UnfinishedTest(string Name, string FaultJournalFolder, DateTimeOffset StartedAt);
