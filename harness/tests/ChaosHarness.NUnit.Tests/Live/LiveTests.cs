using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Live;
using ChaosHarness.NUnit.Live;
using ChaosHarness.NUnit.Tests.Subjects;
using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests.Live;

/// <summary>What people see of a session while it runs, and at its end.</summary>
public sealed class LiveTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("live-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Each_step_is_told_when_it_is_over_and_then_what_the_test_came_to()
    {
        using var run = TestRun.Of(nameof(OutcomeSubjects.Passes));

        Assert.That(run.Progress.Take(5), Is.All.Match(@"^\+\S+ +Passes: "));
        Assert.That(run.Progress.Select(line => line.Split(": ", 2)[^1]).Take(5), Is.EqualTo(new[]
        {
            "steady; breaking it now: touch it",
            "broken; waiting for it to recover",
            run.Progress[2].Split(": ", 2)[1],
            "everything is undone",
            "steady again",
        }));
        Assert.That(run.Progress[2], Does.Match(@"pulse: no interruption longer than \S+ \(RTO 1s\)$"));
        Assert.That(run.Progress[5], Does.Match(@"^PASSED +Passes \(\S+\)$"));
        Assert.That(run.Progress[6], Does.Match(@"^met +recovered within 1s: no interruption longer than \S+$"));
        Assert.That(run.Progress.SkipWhile(line => !line.StartsWith("Experiments:", StringComparison.Ordinal)).First(), Does.Match(@"\d+ passed"));
        Assert.That(run.Progress[^1], Does.StartWith("Results: "));
    }

    [Test]
    public void A_missed_objective_is_told_with_by_how_much_and_at_the_end_again()
    {
        using var run = TestRun.Of(nameof(OutcomeSubjects.Misses_its_objective_and_asserts_nothing));

        Assert.That(run.Progress, Has.Some.Match(@"^MISSED recovered within 1ms: not recovered after \S+, missed by at least \S+; saw '[^']+', '[^']+' were in force to the end \(.+\), \d+ of \d+: down$"));
        Assert.That(run.Progress.TakeWhile(line => !line.StartsWith("Experiments:", StringComparison.Ordinal)), Has.Exactly(1).Contains("missed by"), "once is enough");
        Assert.That(run.Progress.Count(line => line.StartsWith("FAILED       Misses its objective and asserts nothing", StringComparison.Ordinal)), Is.EqualTo(2));
    }

    [Test]
    public void What_never_came_to_be_broken_says_only_why()
    {
        using var run = TestRun.Of(nameof(OutcomeSubjects.Is_inconclusive_although_it_asserts), ("Chaos.Inconclusive", "fail"));

        Assert.That(run.Progress, Has.Count.GreaterThan(1), run.Errors + string.Join(' ', run.Results.Select(result => result.ResultState)));
        Assert.That(run.Progress[0], Does.Match("^INCONCLUSIVE Is inconclusive although it asserts"));
        Assert.That(run.Progress[1], Does.Contain("the steady state did not hold before anything was injected"));
    }

    [Test]
    public void What_was_halted_has_objectives_and_was_not_judged_by_them()
    {
        using var run = TestRun.Of(nameof(OutcomeSubjects.Is_halted_although_it_asserts));

        Assert.That(run.Progress, Has.Some.EndsWith("; not judged").And.None.EndsWith("no objective"));
    }

    [Test]
    public void An_experiment_that_is_written_wrongly_is_in_the_summary_too()
    {
        using var run = TestRun.Of(nameof(OutcomeSubjects.Has_a_wrong_objective));

        var summary = run.Progress.SkipWhile(line => !line.StartsWith("Experiments:", StringComparison.Ordinal)).ToList();
        Assert.That(summary[0], Does.Contain(" invalid"));
        Assert.That(summary, Has.Some.EqualTo("INVALID      Has a wrong objective"));
    }

    [TestCase("journals")]
    [TestCase("results")]
    public void Nothing_is_broken_for_a_result_that_could_not_be_kept(string place)
    {
        // Where the folder is to be there is a file.
        File.WriteAllText(Path.Combine(_folder, place), "");

        using var run = TestRun.Of(nameof(OutcomeSubjects.Passes), ("Chaos.ResultsFolder", Path.Combine(_folder, "results")));

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Error));
        Assert.That(run.Result.Message, Does.StartWith($"Broken: nothing was injected, as its result could not be kept: {Path.Combine(_folder, place)} cannot be written (").And.Contain("Chaos.ResultsFolder"));
        Assert.That(run.Progress, Has.None.Contains("breaking it now"));
    }

    [Test]
    public void While_a_test_goes_on_it_is_among_the_results_and_then_no_more()
    {
        using var run = TestRun.Of(nameof(OutcomeSubjects.Passes), ("Chaos.ResultsFolder", Path.Combine(_folder, "results")));

        Assert.That(Directory.EnumerateFileSystemEntries(_folder, "*" + BegunTest.Suffix, SearchOption.AllDirectories), Is.Empty);
    }

    [Test, NonParallelizable]
    public void Who_watches_is_told_before_anything_else_which_experiments_there_are()
    {
        var file = Path.Combine(_folder, "live.jsonl");
        Environment.SetEnvironmentVariable(LiveFeed.Variable, file);
        try
        {
            using var run = TestRun.Of(nameof(OutcomeSubjects.Passes));
        }
        finally
        {
            Environment.SetEnvironmentVariable(LiveFeed.Variable, null);
        }

        Assert.That(LiveEntry.Read(File.ReadLines(file).First())!.Experiments, Does.Contain(typeof(OutcomeSubjects).FullName + "." + nameof(OutcomeSubjects.Throws)).And.Contain("an-id-that-stays"));
    }

    [Test]
    public void Nothing_is_told_where_nobody_wants_it()
    {
        using var run = TestRun.Of(nameof(OutcomeSubjects.Passes), ("Chaos.Live", "off"));

        Assert.That(run.Progress, Is.Empty);
    }

    [Test]
    public async Task Names_and_faults_of_others_do_nothing_to_a_terminal_and_no_secret_is_told()
    {
        var lines = new List<string>();
        var options = new RunnerOptions { FaultJournalFolder = Path.Combine(_folder, "faults"), Watchers = [new LiveLines(lines.Add, TimeProvider.System)] };
        await new ExperimentRunner(options).RunAsync(Experiment.Hypothesis("it holds")
            .Named("\u001b[31mlong \u202egnol\n" + new string('x', 200))
            .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned })
            .Probe(new DelegateProbe("pulse", _ => ValueTask.FromResult(ProbeSample.Good)).Every("5ms"))
            .SteadyState(new SuccessRate("pulse").AtLeast(1))
            .SteadyFor("200ms")
            .Stability(5, "50ms")
            .Deadline("1s")
            .VerifyWithin("5s")
            .Inject(Fault.Delegate("psql password=hunter2", "shop", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask)));

        Assert.That(lines, Has.Count.EqualTo(5));
        Assert.That(lines, Is.All.Match(@"^\s*\+\S+  ·\[31mlong ·gnol·x{40,50}…: "));
        Assert.That(lines[0], Does.EndWith("steady; breaking it now: psql password=***"));
    }

    [TestCase(Outcome.Passed, true, true)]
    [TestCase(Outcome.Passed, false, false)]
    [TestCase(Outcome.Halted, true, false)]
    public void Where_nobody_noticed_a_fault_it_is_told_what_it_hit(Outcome outcome, bool isUnseen, bool isTold)
    {
        var recovery = new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 0, 0.05));
        var run = new RunRecord
        {
            RunId = "run",
            Name = "a",
            Hypothesis = "it holds",
            System = "shop",
            Environment = "local",
            Topology = "memory",
            StartedAt = DateTimeOffset.UnixEpoch,
            Duration = TimeSpan.FromSeconds(1),
            Outcome = outcome,
            Objectives = Objectives.None,
            Figures = isUnseen ? [recovery, new RecordedFigure(Figure.Exact(FigureNames.UnseenInterruption, "orders", Unit.Seconds, 0.05))] : [recovery],
            Phases = [],
            Faults = [new FaultRecord("freeze service", ["service"], "process.resume", default, null) { Hit = "process 4711 (sleep)" }],
            Timeline = [],
            Observations = [],
        };

        Assert.That(ResultLines.Of("a", outcome, null, [run]), isTold ? Has.Member("  served all the while; 'freeze service' hit process 4711 (sleep)") : Has.None.Contains("4711"));
    }

    [Test]
    public void At_the_end_those_that_did_not_pass_come_last_with_their_whole_reason() =>
        Assert.That(SessionEnd.Of([("one", Outcome.Failed, "missed\nby far"), ("two", Outcome.Passed, null), ("three", Outcome.Passed, "")], ["/results"]), Is.EqualTo(new[]
        {
            "Experiments: 2 passed, 1 failed.",
            "FAILED       one",
            "  missed",
            "  by far",
            "Results: /results",
        }));
}
