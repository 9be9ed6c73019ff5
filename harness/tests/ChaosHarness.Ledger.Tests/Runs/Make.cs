using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Origins;

namespace ChaosHarness.Ledger.Tests.Runs;

/// <summary>Runs made by hand.</summary>
internal static class Make
{
    public const string Signal = "orders";

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
        Figures =
        [
            new RecordedFigure(new Figure(FigureNames.RecoveryTime, Signal, Unit.Seconds, double.IsInfinity(rta) ? 60 : rta * 0.95, Ended(rta)), 2, rta <= 2),
            Exact(FigureNames.Availability, Signal, Unit.Ratio, 0.995, Better.Higher, 0.99),
            Exact(FigureNames.DueRequests, Signal, Unit.Count, 1000, Better.Neither),
            Exact(FigureNames.AcknowledgedWrites, Signal, Unit.Count, 1000, Better.Neither),
            Exact(FigureNames.LostWrites, Signal, Unit.Count, 0, Better.Lower, 0),
            Exact(FigureNames.DivergedWrites, Signal, Unit.Count, 0),
            Exact(FigureNames.RecoveryPoint, Signal, Unit.Seconds, 0),
            new RecordedFigure(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 0.1, 0.12)),
            new RecordedFigure(new Figure(FigureNames.TimeToDetect, "load balancer", Unit.Seconds, 0.1, 0.12)),
            Exact(FigureNames.Latency(50), Signal, Unit.Seconds, 0.002),
            Exact(FigureNames.Latency(99), Signal, Unit.Seconds, 0.04),
            Exact(FigureNames.Latency(100), Signal, Unit.Seconds, 0.09),
            Exact(FigureNames.CapacityLost, "", Unit.Ratio, 1 / 3.0, Better.Neither),
        ],
        Evidence = [RunEvidence.Detected, RunEvidence.EffectSeen, RunEvidence.Injected, RunEvidence.Interrupted],
        Labels = ["failover", "nightly"],
    };

    /// <summary>The run with other values of a figure, which it has already; an infinite upper bound is none.</summary>
    public static LedgerRun Measuring(this LedgerRun run, string figure, double lower, double? upper = null) => run with
    {
        Figures = [.. run.Figures.Select(recorded => recorded.Figure.Name == figure ? recorded with { Figure = recorded.Figure with { Lower = lower, Upper = Ended(upper ?? lower) } } : recorded)],
    };

    /// <summary>The run as if too little had been seen to know whether it recovered.</summary>
    public static LedgerRun RecoveryUnknown(this LedgerRun run) => run with
    {
        Figures = [.. run.Figures.Select(recorded => recorded.Figure.Name == FigureNames.RecoveryTime ? new RecordedFigure(recorded.Figure with { Lower = null, Upper = null }) : recorded)],
    };

    /// <summary>The run as if nobody had looked for some figures.</summary>
    public static LedgerRun Without(this LedgerRun run, params IEnumerable<string> figures) => run with { Figures = [.. run.Figures.Where(recorded => !figures.Contains(recorded.Figure.Name))] };

    /// <summary>The run with one figure more.</summary>
    public static LedgerRun And(this LedgerRun run, Figure figure, double? objective = null) => run with { Figures = [.. run.Figures, new RecordedFigure(figure, objective)] };

    /// <summary>The run without objectives.</summary>
    public static LedgerRun WithoutObjectives(this LedgerRun run) => run with { Figures = [.. run.Figures.Select(recorded => new RecordedFigure(recorded.Figure))] };

    /// <summary>The run as if nobody had been interrupted for long enough to be seen.</summary>
    public static LedgerRun Uninterrupted(this LedgerRun run) => run with { Evidence = [.. run.Evidence.Except([RunEvidence.Interrupted])] };

    private static RecordedFigure Exact(string name, string subject, Unit unit, double value, Better better = Better.Lower, double? objective = null) =>
        new(Figure.Exact(name, subject, unit, value, better), objective, objective is null ? null : better == Better.Higher ? value >= objective : value <= objective);

    private static double? Ended(double upper) => double.IsInfinity(upper) ? null : upper;
}
