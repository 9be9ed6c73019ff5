using ChaosHarness.Probes;

namespace ChaosHarness.Experiments;

/// <summary>All observations of one signal.</summary>
/// <param name="Source">The probe or workload.</param>
/// <param name="Schedule">How well its schedule was kept.</param>
/// <param name="Observations">In the order of the schedule.</param>
public sealed record ObservationSeries(string Source, ScheduleKept Schedule, IReadOnlyList<Observation> Observations);
