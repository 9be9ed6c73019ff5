namespace ChaosHarness.NUnit.Outcomes;

/// <summary>What becomes of tests that say nothing about the system.</summary>
/// <param name="Fail">Whether one that was inconclusive fails the session.</param>
/// <param name="FailImpossible">Whether one that can never run on this machine fails it too, or is skipped.</param>
internal sealed record InconclusiveTests(bool Fail = false, bool FailImpossible = false);
