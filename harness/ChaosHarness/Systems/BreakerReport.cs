namespace ChaosHarness.Systems;

/// <summary>What a service says of its breakers.</summary>
/// <param name="Process">Another one each time that the service is started.</param>
/// <param name="Changes">The oldest first.</param>
internal sealed record BreakerReport(Guid Process, IReadOnlyList<BreakerReportChange> Changes);
