using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>A dead man's switch that is to be armed.</summary>
/// <param name="Name">What it is called on its host: in the recipe before it is there.</param>
/// <param name="Revert">What undoes the fault.</param>
/// <param name="Lease">How long the fault outlives a run that died.</param>
internal sealed record PlannedSwitch(string Name, HostCommand Revert, TimeSpan Lease);
