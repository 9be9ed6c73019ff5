namespace ChaosHarness.Faults.Hosts.Processes;

/// <summary>How the process that leads a component is found on its host.</summary>
/// <param name="How"><c>unit</c>, <c>file</c> or <c>name</c>.</param>
/// <param name="What">The unit, the path of the file with its number, or the name.</param>
internal sealed record HostFinder(string How, string What);
