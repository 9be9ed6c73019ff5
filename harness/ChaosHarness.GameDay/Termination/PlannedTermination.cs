namespace ChaosHarness.GameDay.Termination;

/// <summary>One termination that chance has decided on.</summary>
/// <param name="Group">Of which group an instance is terminated.</param>
/// <param name="Day">The working day that it is of: the one on which its hours began.</param>
/// <param name="At">When.</param>
internal sealed record PlannedTermination(TerminationGroup Group, DateOnly Day, DateTimeOffset At);
