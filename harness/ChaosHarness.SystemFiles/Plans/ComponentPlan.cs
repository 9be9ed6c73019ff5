using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Plans;

/// <summary>A component of a file.</summary>
/// <param name="Component">What it is.</param>
/// <param name="Values">How it is found, started and broken.</param>
internal sealed record ComponentPlan(Component Component, Values Values);
