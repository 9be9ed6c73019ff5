using ChaosHarness.Checkers;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Reports.Drills;
using ChaosHarness.Reports.Pages;
using Spectre.Console;

namespace ChaosHarness.Reports.Tests.Drills;

public sealed class DrillResultsTests
{
    private static readonly Dictionary<RunSeries, IReadOnlyList<LedgerRun>> NoHistory = [];
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("drill-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void The_outcome_is_the_tests_and_the_measurements_are_the_journals()
    {
        Add("first", Outcome.Failed, Outcome.Passed);

        var row = DrillResults.Read(_folder).Single();

        Assert.That(row.Outcome, Is.EqualTo(Outcome.Failed), "a test may fail on an assertion of its own");
        Assert.That(row.Headlines.AvailabilityText, Is.EqualTo("99% (99 of 100)"));
    }

    [Test]
    public void All_passed_is_zero_and_anything_else_is_not()
    {
        Add("good", Outcome.Passed, Outcome.Passed);
        Assert.That(Print(out var text), Is.Zero);
        Assert.That(text, Does.Contain("good").And.Contain("30s").And.Contain("1.02s..1.05s").And.Contain("0 writes").And.Contain("0 of 40 writes").And.Contain("99% (99 of 100)").And.Contain("nobody noticed"));
        Assert.That(text, Does.Contain("Experiments: 1 of 1 passed.").And.Contain("Report: file:///here/index.html"));

        foreach (var outcome in new[] { Outcome.Failed, Outcome.Halted, Outcome.Broken, Outcome.Invalid })
        {
            Add($"bad-{outcome}", outcome, outcome, "broken");
            Assert.That(Print(out text), Is.EqualTo(1));
            Assert.That(text, Does.Contain($"{outcome}: bad-{outcome}").And.Contain("for a reason"));
        }
    }

    // Whether what says nothing fails is for the profile to say; the status of its test is what came of that.
    [TestCase("skipped", 0, "1 of 2 passed, 1 skipped.")]
    [TestCase("broken", 1, "1 of 2 passed, 1 inconclusive.")]
    public void What_says_nothing_counts_as_its_test_does(string status, int exitCode, string count)
    {
        Add("good", Outcome.Passed, Outcome.Passed, "passed");
        Add("nothing", Outcome.Inconclusive, Outcome.Inconclusive, status);

        Assert.That(Print(out var text), Is.EqualTo(exitCode));
        Assert.That(text, Does.Contain(count).And.Contain("Inconclusive: nothing").And.Contain("for a reason"), "and is told why");
    }

    [Test]
    public void What_this_machine_can_never_run_fails_nothing_and_is_no_pass()
    {
        Add("good", Outcome.Passed, Outcome.Passed);
        Add("elsewhere", Outcome.Inconclusive, Outcome.Inconclusive, change: record => record with { Impossible = true });

        Assert.That(Print(out var text), Is.Zero);
        Assert.That(text, Does.Contain("1 of 2 passed, 1 skipped.").And.Contain("1 cannot run on this machine.").And.Contain("Inconclusive: elsewhere"));
    }

    [Test]
    public void Where_nothing_came_to_a_conclusion_nothing_was_tested()
    {
        Add("nothing", Outcome.Inconclusive, Outcome.Inconclusive, "skipped");

        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("0 of 1 passed, 1 skipped."));
    }

    [Test]
    public void Of_the_attempts_of_a_test_the_last_counts()
    {
        Add("flaky", Outcome.Failed, Outcome.Failed, "failed", history: "a", attempt: 1);
        Add("flaky", Outcome.Passed, Outcome.Passed, "passed", history: "a", attempt: 2);
        Add("flaky", Outcome.Passed, Outcome.Passed, "passed", history: "another parameter", attempt: 1);

        Assert.That(Print(out var text), Is.Zero);
        Assert.That(text, Does.Contain("Experiments: 2 of 2 passed.").And.Contain("Passed, attempt 2").And.Not.Contain("Failed"));
    }

    [Test]
    public void A_run_whose_process_ended_says_so()
    {
        Add("killed", Outcome.Broken, Outcome.Broken, "broken", record => record with { Interrupted = true });

        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("Broken, the process ended: killed"));
    }

    [Test]
    public void A_test_that_never_ran_its_experiment_is_a_row_too()
    {
        Add("broken", Outcome.Broken, null);

        Assert.That(DrillResults.Read(_folder).Single().Record, Is.Null);
        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("Broken: broken").And.Contain("  first line").And.Contain("  second line"));
    }

    [Test]
    public void Nothing_that_ran_is_no_success()
    {
        Assert.That(Print(out var text), Is.EqualTo(2));
        Assert.That(text, Does.Contain("No experiment ran."));
        Assert.That(DrillResults.Read(Path.Combine(_folder, "none")), Is.Empty);
    }

    [Test]
    public void A_test_that_began_and_has_no_result_did_not_pass_while_one_that_goes_on_is_not_told()
    {
        Add("good", Outcome.Passed, Outcome.Passed);
        Leave("killed", DateTimeOffset.UnixEpoch);
        using var open = BegunTest.Begin(_folder, new UnfinishedTest("goes on", "", DateTimeOffset.UnixEpoch));

        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("Broken, the process ended: killed").And.Contain("1 experiment has no result").And.Contain("Nothing is left broken.").And.Contain("1 of 2 passed, 1 broken.").And.Not.Contain("goes on"));
        Assert.That(DrillPage.Write(DrillResults.Read(_folder), NoHistory, AllureLinks.Read(_folder, _folder), [], DateTimeOffset.UnixEpoch), Does.Contain("<h1 class=\"o Failed\">1 of 2 passed, 1 broken").And.Contain("The test host ended before its tests did"));
        Assert.That(DrillMarkdown.Write(DrillResults.Read(_folder), NoHistory), Does.Contain("The test host ended before its tests did"));
    }

    [Test]
    public void A_test_that_was_killed_and_has_a_result_since_is_told_by_that()
    {
        Leave("flaky", DateTimeOffset.FromUnixTimeMilliseconds(1));
        Add("flaky", Outcome.Passed, Outcome.Passed, attempt: 2);

        Assert.That(Print(out _), Is.Zero);
    }

    [Test]
    public void A_marker_that_was_not_written_to_its_end_is_of_a_test_all_the_same()
    {
        File.WriteAllText(Path.Combine(_folder, "x.begun"), "{\"na");

        Assert.That(DrillResults.Read(_folder).Single().Name, Is.EqualTo("a test whose name is not known"));
    }

    [Test]
    public void A_session_that_broke_off_between_two_tests_did_not_pass()
    {
        var results = Directory.CreateDirectory(Path.Combine(_folder, "allure-results")).FullName;
        WriteTrx("<ResultSummary outcome=\"Failed\"><Counters total=\"1\" /><RunInfos><RunInfo outcome=\"Error\"><Text>Test host process crashed</Text></RunInfo></RunInfos></ResultSummary>");

        Assert.That(DrillResults.Read(results).Single(), Has.Property("Name").EqualTo("The session as a whole").And.Property("Why").EqualTo("dotnet test broke off, and what was to come did not run. Test host process crashed").And.Property("HasFailed").True);
        WriteTrx("<ResultSummary outcome=\"Completed\"><Counters total=\"1\" /></ResultSummary>");
        Assert.That(DrillResults.Read(results), Is.Empty);
    }

    [Test]
    public void Why_there_are_no_experiments_is_told_as_far_as_it_is_known()
    {
        var results = Path.Combine(_folder, "allure-results");
        Assert.That(TestSummary.WhyNone(TestSummary.Read(results), isExpected: true), Does.StartWith("No experiment ran: dotnet test left no results at all"));
        Assert.That(TestSummary.WhyNone(TestSummary.Read(results), isExpected: false), Does.StartWith("No experiment ran. Either there is none"));
        WriteTrx("<ResultSummary outcome=\"Completed\"><Counters total=\"0\" /></ResultSummary>");
        Assert.That(TestSummary.WhyNone(TestSummary.Read(results), isExpected: true), Does.StartWith("No experiment ran. Either there is none"));
        WriteTrx("<ResultSummary outcome=\"Failed\"><Counters total=\"3\" /></ResultSummary>");
        Assert.That(TestSummary.WhyNone(TestSummary.Read(results), isExpected: true), Does.StartWith("No experiment ran, but 3 other tests did"));
        WriteTrx("<ResultSummary");
        Assert.That(TestSummary.Read(results), Is.Null);
    }

    [Test]
    public void Results_of_other_tests_are_passed_over()
    {
        File.WriteAllText(Path.Combine(_folder, "x-result.json"), """{"name":"other","labels":[{"name":"framework","value":"NUnit"}],"attachments":[]}""");

        Assert.That(DrillResults.Read(_folder), Is.Empty);
    }

    [Test]
    public void A_result_that_was_cut_short_is_broken_and_hides_no_other()
    {
        Add("whole", Outcome.Passed, Outcome.Passed);
        File.WriteAllText(Path.Combine(_folder, "cut-result.json"), "{\"name\":\"cut");

        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("whole").And.Contain("Broken: cut-result.json").And.Contain("The result cannot be read").And.Contain("Experiments: 1 of 2 passed, 1 broken."));
    }

    [TestCase("\"labels\":[{\"name\":\"outcome\",\"value\":\"Success\"}],\"attachments\":[]")]
    [TestCase("\"labels\":[{\"name\":\"outcome\",\"value\":\"77\"}],\"attachments\":[]")]
    [TestCase("\"labels\":[{\"name\":\"outcome\",\"value\":null}],\"attachments\":[]")]
    [TestCase("\"labels\":[{\"name\":\"outcome\",\"value\":\"Passed\"}],\"attachments\":[{\"name\":\"Journal\",\"source\":null}]")]
    [TestCase("\"labels\":[{\"name\":\"outcome\",\"value\":\"Passed\"}],\"attachments\":[{\"name\":\"Journal\",\"source\":\".\"}]")]
    public void What_others_left_in_the_folder_is_broken_and_hides_no_other(string content)
    {
        Add("whole", Outcome.Passed, Outcome.Passed);
        File.WriteAllText(Path.Combine(_folder, "foreign-result.json"), $"{{\"name\":null,{content}}}");

        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("whole").And.Contain("Broken: foreign-result.json").And.Contain("Experiments: 1 of 2 passed, 1 broken."));
    }

    [Test]
    public void A_test_that_failed_after_its_experiment_passed_did_not_pass()
    {
        Add("after", Outcome.Passed, Outcome.Passed, "broken");

        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("Passed, its test failed: after").And.Contain("0 of 1 passed, 1 failed."));
    }

    [Test]
    public void Names_and_reasons_do_not_steer_the_terminal()
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });

        DrillTable.Print(console, [new DrillRow("\u001b[2J[red]gone[/]\u202e", Outcome.Failed, "\u001b]0;title\u0007", null)], NoHistory, null);

        Assert.That(writer.ToString(), Does.Contain("\u00b7[2J[red]gone[/]\u00b7").And.Not.Contain("\u001b").And.Not.Contain("\u0007"));
    }

    [TestCase(null, true)]
    [TestCase(100, true)]
    [TestCase(40, false)]
    public void What_nobody_has_takes_no_room_and_a_narrow_terminal_gets_a_list(int? width, bool isTable)
    {
        Add("Orders are served again soon after one of three is lost", Outcome.Passed, Outcome.Passed);
        Print(out var text, width);

        Assert.That(text, Does.Not.Contain("Change"), "there is no history");
        Assert.That(text.Contains('│'), Is.EqualTo(isTable));
        if (!isTable)
        {
            Assert.That(text, Does.StartWith("Passed: Orders are served again soon").And.Contain("\n  RTA "));
        }
    }

    // As a process that was killed leaves it: written, and nobody holds it.
    private void Leave(string name, DateTimeOffset at)
    {
        var line = $$"""{"name":"{{name}}","faultJournalFolder":"faults","startedAt":"{{at:O}}"}""";
        File.WriteAllText(Path.Combine(_folder, name + BegunTest.Suffix), line);
    }

    private void WriteTrx(string summary) =>
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "test-results")).FullName, "drill.trx"), $"<TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\">{summary}</TestRun>");

    [Test]
    public void A_narrow_list_tells_each_once_with_why_it_did_not_pass()
    {
        Add("nothing", Outcome.Inconclusive, Outcome.Inconclusive, "skipped");

        Print(out var text, 40);

        Assert.That(text.Split("Inconclusive: nothing"), Has.Length.EqualTo(2));
        Assert.That(text, Does.Contain("Inconclusive: nothing\n  for a reason\n"));
    }

    private int Print(out string text, int? width = null)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        var code = DrillTable.Print(console, DrillResults.Read(_folder), NoHistory, "/here/index.html", width);
        text = writer.ToString();
        return code;
    }

    private void Add(string name, Outcome test, Outcome? experiment, string? status = null, Func<RunRecord, RunRecord>? change = null, string? history = null, int attempt = 1)
    {
        var id = Guid.NewGuid();
        var attachments = "";
        if (experiment is { } outcome)
        {
            var record = Record(name, outcome) with { Attempt = attempt };
            File.WriteAllBytes(Path.Combine(_folder, $"{id}-attachment.json"), Journal.Write(change?.Invoke(record) ?? record));
            attachments = $$"""{"name":"Journal","source":"{{id}}-attachment.json","type":"application/json"}""";
        }

        var statusText = status is null ? "" : $"\"status\":\"{status}\",";
        File.WriteAllText(
            Path.Combine(_folder, $"{id}-result.json"),
            $$"""{"name":"{{name}}","historyId":"{{history ?? name}}",{{statusText}}"start":{{attempt}},"labels":[{"name":"outcome","value":"{{test}}"}],"statusDetails":{"message":"first line\nsecond line"},"attachments":[{{attachments}}]}""");
    }

    private static RunRecord Record(string name, Outcome outcome) => new()
    {
        RunId = "run",
        Name = name,
        Hypothesis = "it holds",
        System = "shop",
        Environment = "local",
        Topology = "memory",
        StartedAt = DateTimeOffset.UnixEpoch,
        Duration = TimeSpan.FromSeconds(1),
        Outcome = outcome,
        Reason = "for a reason",
        Objectives = Objectives.None,
        Figures =
        [
            new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, 1.02, 1.05), 30, true),
            new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 0), 0, true),
            new RecordedFigure(Figure.Exact(FigureNames.AcknowledgedWrites, "orders", Unit.Count, 40, Better.Neither)),
            new RecordedFigure(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, 10, null)),
            new RecordedFigure(Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 0.99, Better.Higher)),
            new RecordedFigure(Figure.Exact(FigureNames.DueRequests, "orders", Unit.Count, 100, Better.Neither)),
        ],
        Phases = [],
        Faults = [],
        Timeline = [],
        Observations = [],
    };
}
