namespace ChaosHarness.Histories;

/// <summary>A restore that is no finding of a run by itself.</summary>
/// <param name="Copy">What it brought back.</param>
/// <param name="Seen">What was written until then.</param>
public sealed record RestoreAttempt(RestoredCopy Copy, History Seen);
