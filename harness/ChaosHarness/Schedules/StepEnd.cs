using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

/// <summary>How a step of a schedule was left.</summary>
/// <param name="InForce">What it brought into force and did not undo.</param>
/// <param name="Planned">When it was to be over; what comes next is planned from there.</param>
internal readonly record struct StepEnd(IReadOnlyList<ActiveFault> InForce, TimeSpan Planned);
