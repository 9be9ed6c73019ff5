using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
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
        Parameters = new Dictionary<string, string> { ["later"] = "2s", ["again"] = "no" },
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
        Objectives = Objectives.None,
        Verdicts = [new Verdict("RTO 2s", "1s..1.1s", true)],
        Figures =
        [
            new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1, 1.1), 2, true),
            new RecordedFigure(Figure.Exact(FigureNames.HealedByItself, "orders", Unit.Count, 1, Better.Higher)),
            new RecordedFigure(Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 0.95, Better.Higher), 0.99, false),
            new RecordedFigure(Figure.Exact(FigureNames.DueRequests, "orders", Unit.Count, 100, Better.Neither)),
            new RecordedFigure(Figure.Exact(FigureNames.AcknowledgedWrites, "orders", Unit.Count, 90, Better.Neither)),
            new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 1), 5, true),
            new RecordedFigure(Figure.Exact(FigureNames.DivergedWrites, "orders", Unit.Count, 2)),
            new RecordedFigure(Figure.Exact(FigureNames.RecoveryPoint, "orders", Unit.Seconds, 0.05), 3, true),
            new RecordedFigure(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 0.1, 0.2)),
            new RecordedFigure(new Figure(FigureNames.TimeToDetect, "lb", Unit.Seconds, 0.1, 0.2)),
            new RecordedFigure(Figure.Exact(FigureNames.Latency(99), "orders", Unit.Seconds, 0.03)),
        ],
        Injection = Injection,
        Revert = new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)),
        Phases = [],
        Faults = [Crash("db-a")],
        Timeline = [new TimelineEvent(TimeSpan.FromSeconds(2.5), TimelineKind.Promotion, "db-b", "took over")],
        Observations = [],
    };

    public static FaultRecord Crash(string target, string kind = "run.owned") => new("crash " + target, [target], kind, Injection, new TimeWindow(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(6)));

    /// <summary>The record without some figures.</summary>
    public static RunRecord Without(this RunRecord record, params IEnumerable<string> figures) => record with { Figures = [.. record.Figures.Where(recorded => !figures.Contains(recorded.Figure.Name))] };

    /// <summary>The record with one figure more.</summary>
    public static RunRecord And(this RunRecord record, Figure figure) => record with { Figures = [.. record.Figures, new RecordedFigure(figure)] };

    /// <summary>The record of a run whose faults nobody felt.</summary>
    public static RunRecord Unfelt(this RunRecord record) =>
        record.Without(FigureNames.RecoveryTime, FigureNames.TimeToDetect, FigureNames.LostWrites, FigureNames.Availability).And(new Figure(FigureNames.UnseenInterruption, "orders", Unit.Seconds, 0, 0.005))
            .And(Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 1, Better.Higher)) with { Timeline = [] };
}
