namespace ChaosHarness.Polly;

/// <summary>What a process says of its breakers.</summary>
internal sealed record BreakerReport(Guid Process, IReadOnlyList<BreakerChange> Changes);
