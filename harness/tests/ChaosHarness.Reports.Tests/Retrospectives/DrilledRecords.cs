using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Logs;
using ChaosHarness.Origins;
using ChaosHarness.Probes;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Tests.Retrospectives;

/// <summary>Records of drills, made by hand.</summary>
internal static class DrilledRecords
{
    /// <summary>What would do harm, were it ever taken for anything but text.</summary>
    public const string Hostile = "<script>document.title='owned'</script><img src=x onerror=\"document.title='owned'\"> | **b** [x](http://evil.example) https://evil.example www.evil.example a@evil.example @everyone `c` $x$ #1 \u001b[31m \u202egnp.exe &amp; \n# x\n- y\n--- مرحبا \U0001f600";

    public const string RunId = "20261125-120000-0b7733d1";

    /// <summary>A game day: people gave the go, noted, decided and acted; one objective was missed, two writes were lost.</summary>
    public static RunRecord Attended() => new()
    {
        RunId = RunId,
        ExperimentId = "losing-the-primary",
        Name = "Losing the primary",
        Labels = ["failover"],
        Parameters = new Dictionary<string, string> { ["zone"] = "b" },
        Origin = new RunOrigin { Profile = "game-day", Branch = "main", Commit = "0123456789abcdef0123456789abcdef01234567", Host = "build-7", StartedBy = "Ada", Seed = 42 },
        Hypothesis = "orders are accepted again soon after the primary dies",
        System = "shop",
        Environment = "staging",
        Topology = "processes",
        Components = [new Component("orders-db", ComponentKind.Database, "a")],
        StartedAt = Make.Now,
        Duration = At(90),
        Outcome = Outcome.Failed,
        Reason = "lost at most 0 writes: missed by 2 writes",
        Objectives = new Objectives { Rto = At(30), Rpo = new RecoveryPointObjective(0, null) },
        Script = new DrillScript
        {
            Scenario = "the rack of the primary loses its power",
            Expected = "the standby takes over within half a minute, and nobody is paged",
            AbortWhen = "support sees more than ten tickets",
            Participants = [new Participant("incident commander", "Ada"), new Participant("scribe")],
            Steps = ["watch the board", "decide on a failover by hand after a minute"],
        },
        Go = new GoRecord("Ada", "incident commander", "the freeze is over", At(2), At(12)),
        Signal = "orders",
        Verdicts =
        [
            new Verdict("orders recovered within 30s", "recovered after 20.1s..21s", true) { Decisive = new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 20.1, 21), Limit = 30 },
            new Verdict("lost at most 0 writes", "2 of 400 writes, 340ms", false) { MissedBy = "2 writes", Seen = ["2 of 400: missing"], Decisive = Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 2), Limit = 0 },
        ],
        Figures =
        [
            new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 20.1, 21), 30, true),
            new RecordedFigure(Figure.Exact(FigureNames.AcknowledgedWrites, "orders", Unit.Count, 400, Better.Neither)),
            new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 2), 0, false),
            new RecordedFigure(Figure.Exact(FigureNames.DuplicatedWrites, "orders", Unit.Count, 0)),
            new RecordedFigure(Figure.Exact(FigureNames.DivergedWrites, "orders", Unit.Count, 1)),
            new RecordedFigure(Figure.Exact(FigureNames.IndeterminateWrites, "orders", Unit.Count, 3, Better.Neither)),
            new RecordedFigure(new Figure(FigureNames.TimeToDecide, "", Unit.Seconds, 11, 12)),
            new RecordedFigure(Figure.Exact(FigureNames.TimeToAct, "", Unit.Seconds, 4)),
            new RecordedFigure(Figure.Exact(FigureNames.StopConditionUsed, "error budget of orders", Unit.Ratio, 0.4)),
        ],
        Findings = [new FindingRecord("recovery of orders", "20.1s..21s")],
        LostWrites = [new LostWrite(4711, At(14.5), "orders-db"), new LostWrite("late", At(14.6), null)],
        Injection = new TimeWindow(At(15), At(60)),
        Cut = At(60),
        Revert = new TimeWindow(At(60), At(61)),
        SteadyStateBefore = Steady(10, "100%", true),
        SteadyStateDuring = Steady(40, "61%", false),
        SteadyStateAfter = Steady(80, "99.99%", true),
        Phases = [.. Enum.GetValues<PhaseName>().Select(name => new PhaseRecord(name, name == PhaseName.Verify ? PhaseStatus.Failed : PhaseStatus.Passed, new TimeWindow(At(10 * (int)name), At((10 * (int)name) + 5)), name == PhaseName.Verify ? "2 writes are missing" : null))],
        Faults = [new FaultRecord("orders-db is killed", ["orders-db"], "process.start", new TimeWindow(At(15), At(15.2)), new TimeWindow(At(60), At(61))) { Planned = new TimeWindow(At(15), At(60)), End = FaultEnd.Reverted }],
        Timeline =
        [
            new TimelineEvent(At(10), TimelineKind.Phase, "SteadyState", "begins"),
            new TimelineEvent(At(12), TimelineKind.Person, "Ada (incident commander)", "gave the go: the freeze is over"),
            new TimelineEvent(At(15), TimelineKind.Injection, "orders-db is killed", "begins"),
            new TimelineEvent(At(18), TimelineKind.Detection, "load balancer", "orders-db is down"),
            new TimelineEvent(At(22), TimelineKind.Person, "Eve", "the dashboard is empty"),
            new TimelineEvent(At(30), TimelineKind.Person, "Ada (incident commander)", "decided: fail over by hand"),
            new TimelineEvent(At(34), TimelineKind.Person, "Ada (incident commander)", "done: fail over by hand"),
            new TimelineEvent(At(35), TimelineKind.Promotion, "standby", "is primary"),
            new TimelineEvent(At(60), TimelineKind.Revert, "orders-db is killed", "revert begins"),
        ],
        Logs = [new LogExcerpt("orders-db", "injection", [new LogLine(At(15), "terminating <any> connection")])],
        Observations = [new ObservationSeries("orders", new ScheduleKept(3, TimeSpan.FromMilliseconds(120)), [.. Enumerable.Range(0, 90).Select(second => new Observation(second, At(second), At(second), At(second + 0.01), second is > 15 and < 36 ? OperationVerdict.Error : OperationVerdict.Good, second is > 15 and < 36 ? "refused" : null))])],
    };

    /// <summary>The same with its plan, which a person was shown, with its versions, and with a fault that never struck.</summary>
    public static RunRecord Planned()
    {
        var plan = new PlanRecord
        {
            Hash = "",
            MadeAt = At(1),
            Hypothesis = Attended().Hypothesis,
            System = "shop in staging, processes",
            Schedule = "orders-db is killed and the standby is cut off after signal Promoted",
            Faults = [new PlannedFault("orders-db is killed", ["orders-db"], At(600)) { Undo = "Start orders-db again." }, new PlannedFault("the standby is cut off", ["standby"], At(60))],
            SteadyState = ["orders: success rate at least 99.9%"],
            SteadyFor = At(5),
            Observed = ["orders, 4 writes a second"],
            Expected = ["orders recovered within 30s"],
            AllowedEnvironments = ["local", "staging"],
            MaximumTargets = 5,
            MaximumTargetShare = 0.5,
            Deadline = At(60),
            VerifyWithin = At(30),
            Script = Attended().Script,
        };
        plan = plan with { Hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(plan.Text()))) };
        return Attended() with
        {
            Plan = plan,
            Go = Attended().Go! with { Plan = plan.Hash },
            Versions = new RunVersions { Harness = "1.2.0+abc", Runtime = ".NET 10.0.1", OperatingSystem = "Debian, X64", TestFramework = "NUnit 5.0", TestAssembly = "Experiments 3.1+def", System = "v42" },
            Components = [new Component("orders-db", ComponentKind.Database, "a") { Version = "17.2" }],
            Unstruck = [new UnstruckFault("the standby is cut off after signal Promoted", ["standby"], "no signal Promoted came")],
        };
    }

    /// <summary>Ended by a person.</summary>
    public static RunRecord Halted() => Attended() with
    {
        Outcome = Outcome.Halted,
        Reason = "halted by Eve: tickets come in",
        Verdicts = [],
        Timeline = [.. Attended().Timeline, new TimelineEvent(At(40), TimelineKind.Halt, "run", "halted by Eve: tickets come in")],
        Faults = [Attended().Faults[0] with { Reverted = null, End = FaultEnd.NotReverted }],
    };

    /// <summary>Killed: what is known of it was known when it began.</summary>
    public static RunRecord Killed() => Refused() with
    {
        Interrupted = true,
        Outcome = Outcome.Broken,
        Reason = "the process ended during Observe",
        Objectives = Objectives.None,
        Timeline = [],
    };

    /// <summary>Never injected: nobody was there to give the go.</summary>
    public static RunRecord Refused() => new()
    {
        RunId = RunId,
        Name = "Losing the primary",
        Hypothesis = "it holds",
        System = "shop",
        Environment = "staging",
        Topology = "processes",
        StartedAt = Make.Now,
        Duration = At(600),
        Outcome = Outcome.Inconclusive,
        Reason = "Bob refused the go: not today",
        Objectives = new Objectives { Rto = At(30) },
        Phases = [.. Enum.GetValues<PhaseName>().Select(name => new PhaseRecord(name, name < PhaseName.Inject ? PhaseStatus.Passed : PhaseStatus.Skipped, default))],
        Faults = [],
        Timeline = [new TimelineEvent(At(9), TimelineKind.Person, "Bob", "refused the go: not today")],
        Observations = [],
    };

    /// <summary>With harm in every text.</summary>
    public static RunRecord Harmful()
    {
        var run = Attended();
        return run with
        {
            ExperimentId = Hostile,
            Name = Hostile,
            Labels = [Hostile],
            Parameters = new Dictionary<string, string> { [Hostile] = Hostile },
            Origin = new RunOrigin { Profile = Hostile, Branch = Hostile, Commit = Hostile, Build = Hostile, BuildUrl = Hostile, Host = Hostile, StartedBy = Hostile },
            Hypothesis = Hostile,
            System = Hostile,
            Environment = Hostile,
            Topology = Hostile,
            Components = [new Component(Hostile, ComponentKind.Database, Hostile)],
            Reason = Hostile,
            Script = new DrillScript { Scenario = Hostile, Expected = Hostile, AbortWhen = Hostile, Participants = [new Participant(Hostile, Hostile)], Steps = [Hostile] },
            Go = new GoRecord(Hostile, Hostile, Hostile, At(2), At(12)),
            Signal = Hostile,
            Verdicts = [new Verdict(Hostile, Hostile, false) { MissedBy = Hostile, Seen = [Hostile], Decisive = new Figure(Hostile, Hostile, new Unit(Hostile), 1, 2), Limit = 1 }],
            Figures = [.. run.Figures.Select(figure => figure with { Figure = figure.Figure with { Subject = Hostile } }), new RecordedFigure(new Figure(Hostile, Hostile, new Unit(Hostile), 1, 2), 1, false)],
            Findings = [new FindingRecord(Hostile, Hostile)],
            LostWrites = [new LostWrite(Hostile, At(14), Hostile)],
            SteadyStateBefore = new SteadyStateReport(new TimeWindow(At(1), At(2)), [new SteadyStateReading(Hostile, Hostile, false)]),
            Phases = [.. run.Phases.Select(phase => phase with { Detail = Hostile })],
            Faults = [new FaultRecord(Hostile, [Hostile], Hostile, new TimeWindow(At(15), At(15.2)), null)],
            Timeline = [.. Enum.GetValues<TimelineKind>().Select(kind => new TimelineEvent(At(20), kind, Hostile, Hostile)), new TimelineEvent(At(21), TimelineKind.Person, Hostile, "decided: " + Hostile)],
            Logs = [new LogExcerpt(Hostile, Hostile, [new LogLine(At(15), Hostile)])],
        };
    }

    /// <summary>The run with findings of its own and of another, one of which is late and one closed.</summary>
    public static DrilledRun With(RunRecord record, string text = "The standby takes over with a cold cache") => new(
        record,
        [
            FollowUp(1, record.RunId, text, Make.Now.AddDays(-2)),
            FollowUp(2, record.RunId, "Mended since", Make.Now) with { History = [new FollowUpEvent(Make.Now, FollowUpEventKind.ClosedByPerson, null, "Eve", "cheap")] },
            FollowUp(3, "another", "Of another run", Make.Now) with { History = [new FollowUpEvent(Make.Now, FollowUpEventKind.Reopened, record.RunId, null, null)] },
        ],
        null,
        Make.Now);

    private static FollowUp FollowUp(long number, string run, string text, DateTimeOffset due) => new()
    {
        Number = number,
        Text = text,
        Severity = FollowUpSeverity.High,
        Owner = text == Hostile ? Hostile : "Ada",
        Due = DateOnly.FromDateTime(due.UtcDateTime),
        RunId = run,
        ShownAt = Make.Now,
        ExperimentId = "losing-the-primary",
        ExperimentName = "Losing the primary",
        Parameters = "{}",
        System = "shop",
        Environment = "staging",
        ProvedBy = "losing-the-primary",
        OpenedAt = Make.Now,
        OpenedBy = "Bob",
    };

    private static SteadyStateReport Steady(double from, string actual, bool holds) => new(new TimeWindow(At(from), At(from + 5)), [new SteadyStateReading("success rate of orders at least 99.9%", actual, holds)]);

    private static TimeSpan At(double seconds) => TimeSpan.FromSeconds(seconds);
}
