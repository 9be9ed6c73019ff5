using ChaosHarness.Histories;
using ChaosHarness.Probes;

namespace ChaosHarness.Experiments;

/// <summary>All observations of one signal.</summary>
/// <param name="Source">The probe or workload.</param>
/// <param name="Schedule">How well its schedule was kept.</param>
/// <param name="Observations">In the order of the schedule; what was never answered is an error at the end of the run.</param>
public sealed record ObservationSeries(string Source, ScheduleKept Schedule, IReadOnlyList<Observation> Observations)
{
    internal static ObservationSeries Of(Operations operations) => new(
        operations.Source,
        ScheduleKept.Of(operations),
        [.. operations.Select(operation => Observation.Of(operation, operations.Until))]);
}
