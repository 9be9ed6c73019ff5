using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Measurement;
using ChaosHarness.Origins;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Tests.Runs;

/// <summary>Records made by hand.</summary>
internal static class Results
{
    public static readonly TimeWindow Injection = new(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2.1));

    public static RunRecord Whole() => new()
    {
        RunId = RunRecord.NewRunId(Make.Now),
        ExperimentId = "losing-a",
        Name = "Losing a",
        Hypothesis = "it comes back",
        Labels = ["nightly", "failover"],
        Origin = new RunOrigin { Profile = "nightly", Branch = "main", Commit = "0123456789abcdef", Build = "7", BuildUrl = "https://build/7", Host = "runner", Seed = 42 },
        System = "shop",
        Environment = "local",
        Topology = "processes",
        Components =
        [
            new Component("orders-a", ComponentKind.Service, "a"), new Component("orders-b", ComponentKind.Service, "b"), new Component("db-a", ComponentKind.Database, "a"),
            new Component("db-b", ComponentKind.Database, "b"), new Component("a to b", ComponentKind.Link), new Component("lb", ComponentKind.LoadBalancer),
        ],
        StartedAt = Make.Now.AddDays(-1),
        Duration = TimeSpan.FromSeconds(9),
        Outcome = Outcome.Passed,
        Objectives = Objectives.Parse("2s", "5 writes, 3s", "99%"),
        Verdicts = [new Verdict("RTO 2s", "1s..1.1s", true)],
        Measurements = new Measurements
        {
            Signal = "orders",
            Recovery = new RecoveryTime(new Bounds(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1)), true, 1, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.2)),
            DataLoss = new DataLoss { Sent = 100, Acknowledged = 90, Lost = 1, Indeterminate = 0, Duplicated = 0, Diverged = 2, Age = TimeSpan.FromMilliseconds(50) },
            Availability = new Availability(95, 100),
            LatencyBefore = new LatencySummary(10, Ms(1), Ms(2), Ms(3), Ms(4)),
            LatencyDuring = new LatencySummary(10, Ms(10), Ms(20), Ms(30), Ms(40)),
            LatencyHistogram = [new LatencyBucket(Ms(2), 8), new LatencyBucket(Ms(40), 2)],
            Detections = [new Detection("lb", "DOWN", new Bounds(Ms(100), Ms(200)), null)],
        },
        Injection = Injection,
        Revert = new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)),
        Phases = [],
        Faults = [Crash("db-a")],
        Timeline = [new TimelineEvent(TimeSpan.FromSeconds(2.5), TimelineKind.Promotion, "db-b", "took over")],
        Observations = [],
    };

    public static FaultRecord Crash(string target, string kind = "run.owned") => new("crash " + target, [target], kind, Injection, new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)));

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
