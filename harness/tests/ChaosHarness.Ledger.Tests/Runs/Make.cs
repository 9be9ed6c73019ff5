using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Measurement;
using ChaosHarness.Origins;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Tests.Runs;

/// <summary>Runs made by hand.</summary>
internal static class Make
{
    public static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static readonly RunDetails Details = new("it holds", "[]", "[]", "[]", "[]", "[]", "x.journal.json");

    private static int s_number;

    public static LedgerEntry Entry(LedgerRun run) => new(run, Details with { Journal = run.RunId + ".journal.json" });

    public static LedgerRun Run(string experiment = "losing-a", double rta = 1, Outcome outcome = Outcome.Passed, double daysAgo = 1, string? branch = "main", string? profile = "nightly") => new()
    {
        RunId = $"run-{Interlocked.Increment(ref s_number):000000}",
        ExperimentId = experiment,
        Name = "Losing " + experiment,
        System = "shop",
        Environment = "local",
        Topology = "processes",
        Origin = new RunOrigin { Branch = branch, Profile = profile, Commit = "0123456789abcdef" },
        StartedAt = Now.AddDays(-daysAgo),
        Duration = TimeSpan.FromSeconds(10),
        Outcome = outcome,
        Reason = outcome == Outcome.Passed ? null : "for a reason",
        Objectives = Objectives.Parse("2s", "0 writes", "99%"),
        Recovery = new Bounds(Seconds(rta * 0.95), double.IsInfinity(rta) ? null : Seconds(rta)),
        Interrupted = true,
        WritesAcknowledged = 1000,
        WritesLost = 0,
        WritesDiverged = 0,
        LossAge = TimeSpan.Zero,
        TimeToDetect = new Bounds(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(120)),
        DetectedBy = "load balancer",
        Availability = new Availability(995, 1000),
        LatencyBeforeP99 = TimeSpan.FromMilliseconds(5),
        LatencyP50 = TimeSpan.FromMilliseconds(2),
        LatencyP99 = TimeSpan.FromMilliseconds(40),
        LatencyMaximum = TimeSpan.FromMilliseconds(90),
        CapacityLost = 1 / 3.0,
        Evidence = [RunEvidence.Detected, RunEvidence.Injected],
        Labels = ["failover", "nightly"],
    };

    private static TimeSpan Seconds(double seconds) => double.IsInfinity(seconds) ? TimeSpan.FromMinutes(1) : TimeSpan.FromMicroseconds(Math.Round(seconds * 1e6));
}
