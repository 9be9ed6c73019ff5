namespace ChaosHarness.NUnit.Outcomes;

/// <summary>What becomes of tests that say nothing about the system.</summary>
/// <param name="Fail">Whether one that was inconclusive fails the session, as it does unless told otherwise: a drill that tried nothing must not be green.</param>
/// <param name="FailImpossible">Whether one that can never run on this machine fails it too, or is skipped.</param>
internal sealed record InconclusiveTests(bool Fail = true, bool FailImpossible = false);
