using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Tests;

/// <summary>Records made by hand.</summary>
internal static class Records
{
    /// <summary>A run of six seconds: struck at 2 s, recovered at 3.1 s, reverted at 4 s.</summary>
    public static RunRecord Run { get; } = new()
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
        Verdicts = [new Verdict("orders recovered within 10s", "1s..1.1s", true)],
        Figures = [new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1, 1.1), 10, true), new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "", Unit.Count, 0))],
        Measurements = new Measurements(),
        Injection = Window(2, 2.1),
        Revert = Window(4, 4.5),
        Phases = [.. Enum.GetValues<PhaseName>().Select(name => new PhaseRecord(name, PhaseStatus.Passed, Window((int)name * 0.5, ((int)name * 0.5) + 0.5)))],
        Faults = [new FaultRecord("crash db-a", ["db-a"], "run.owned", Window(2, 2.1), Window(4, 4.5))],
        Timeline = [new TimelineEvent(TimeSpan.FromSeconds(2.5), TimelineKind.Detection, "lb", "DOWN"), new TimelineEvent(TimeSpan.FromSeconds(2.7), TimelineKind.Promotion, "db-b", "took over")],
        Observations = [Series("orders", 600, k => k is >= 200 and < 310 ? OperationVerdict.Error : OperationVerdict.Good)],
    };

    public static TimeWindow Window(double start, double end) => new(TimeSpan.FromSeconds(start), TimeSpan.FromSeconds(end));

    public static ObservationSeries Series(string source, int count, Func<int, OperationVerdict> verdict) => new(source, default, Observations(count, verdict));

    public static IReadOnlyList<Observation> Observations(int count, Func<int, OperationVerdict> verdict) =>
    [
        .. Enumerable.Range(0, count).Select(k => new Observation(k, TimeSpan.FromMilliseconds(10 * k), TimeSpan.FromMilliseconds(10 * k), TimeSpan.FromMilliseconds((10 * k) + 2 + (k % 7)), verdict(k))),
    ];

    /// <summary>A test that ran in a class of this assembly.</summary>
    public static TestRecord Test(Type fixture, string method, params IReadOnlyList<TestParameter> parameters) => new()
    {
        Framework = "NUnit",
        Fixture = fixture,
        Method = fixture.GetMethod(method)!,
        Name = method.Replace('_', ' '),
        Parameters = parameters,
        Categories = ["nightly"],
        StartedAt = DateTimeOffset.UnixEpoch,
        EndedAt = DateTimeOffset.UnixEpoch.AddSeconds(7),
        Outcome = Outcome.Passed,
        Runs = [Run],
        Options = new RunnerOptions { Origin = new() { Profile = "nightly", Seed = 42 } },
        Settings = new Dictionary<string, string> { ["Chaos.Ledger"] = "Host=db;Password=hunter2" },
    };
}
