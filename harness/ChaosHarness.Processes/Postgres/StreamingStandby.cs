namespace ChaosHarness.Processes.Postgres;

/// <summary>A standby that streams.</summary>
/// <param name="IsInStep">Whether the primary waits for it.</param>
/// <param name="Flushed">How much of the primary's log it has flushed, in bytes.</param>
internal readonly record struct StreamingStandby(bool IsInStep, decimal Flushed);
