using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Tests;

/// <summary>Records made by hand.</summary>
internal static class Results
{
    public static RunRecord With(Measurements measurements) => new()
    {
        RunId = "run",
        Name = "Losing <the> \"primary\" & more",
        Hypothesis = "it holds",
        System = "shop",
        Environment = "local",
        Topology = "memory",
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(6),
        Outcome = Outcome.Passed,
        Objectives = Objectives.None,
        Measurements = measurements,
        Injection = new TimeWindow(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.1)),
        Revert = new TimeWindow(TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4.5)),
        Phases = [],
        Faults = [new FaultRecord("crash db-a", ["db-a"], "run.owned", new TimeWindow(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.1)), null)],
        Timeline = [new TimelineEvent(TimeSpan.FromSeconds(2.5), TimelineKind.Detection, "lb", "DOWN"), new TimelineEvent(TimeSpan.FromSeconds(2.7), TimelineKind.Promotion, "db-b", "took over")],
        Observations = [],
    };

    public static IReadOnlyList<Observation> Observations(int count, Func<int, OperationVerdict> verdict) =>
    [
        .. Enumerable.Range(0, count).Select(k => new Observation(k, TimeSpan.FromMilliseconds(10 * k), TimeSpan.FromMilliseconds(10 * k), TimeSpan.FromMilliseconds((10 * k) + 2 + (k % 7)), verdict(k))),
    ];
}
