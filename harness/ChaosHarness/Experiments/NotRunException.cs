namespace ChaosHarness.Experiments;

/// <summary>Nothing was injected, and this is why: the run is Inconclusive. Topologies throw it when they cannot run here.</summary>
/// <param name="reason">Why, and what to do about it.</param>
public sealed class NotRunException(string reason) : Exception(reason);
