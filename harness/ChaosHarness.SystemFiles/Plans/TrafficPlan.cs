using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Plans;

/// <summary>Writes or a probe of a file.</summary>
internal sealed record TrafficPlan(string Name, Values Values);
