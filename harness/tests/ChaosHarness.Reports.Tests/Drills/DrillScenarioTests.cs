using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Reports.Drills;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Reports.Tests.Retrospectives;
using Spectre.Console;

namespace ChaosHarness.Reports.Tests.Drills;

/// <summary>How the steps of a scenario stand in the reports of a drill.</summary>
public sealed class DrillScenarioTests
{
    private static readonly Dictionary<RunSeries, IReadOnlyList<LedgerRun>> NoHistory = [];
    private static readonly IReadOnlyList<LeftOutStep> LeftOut = [new LeftOutStep("it is <healed> by hand", 3, "only if it did not heal"), new LeftOutStep("a zone is lost", 2, "'the primary dies' before it is Failed")];
    private string _folder = null!;

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("scenario-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Steps_stand_together_and_in_order_where_the_worst_of_them_belongs()
    {
        Result("alone, and bad", "failed", Outcome.Failed, Run("alone, and bad", Outcome.Failed, null));
        Result("busy day", "failed", Outcome.Failed, Step("busy day", 4, Outcome.Passed), Step("busy day", 1, Outcome.Passed), Step("busy day", 2, Outcome.Failed));
        Result("alone", "passed", Outcome.Passed, Run("alone", Outcome.Passed, null));
        Result("calm day", "passed", Outcome.Passed, Step("calm day", 2, Outcome.Passed, "calm"), Step("calm day", 1, Outcome.Passed, "calm"));

        var rows = DrillRow.InReadingOrder(DrillResults.Read(_folder)).ToList();

        string[] shown = [.. rows.Select(row => row.NumberedName)];
        string[] steps = [.. shown.Where(name => name.StartsWith("busy", StringComparison.Ordinal))];
        Assert.That(steps, Is.EqualTo(new[] { "busy day: 1 (1 of 4)", "busy day: 2 (2 of 4)", "busy day: 4 (4 of 4)" }));
        Assert.That(string.Join("|", shown), Does.Contain(string.Join("|", steps)).And.Contain("calm day: 1 (1 of 4)|calm day: 2 (2 of 4)"), "nothing stands between them");
        Assert.That(Array.IndexOf(shown, "busy day: 1 (1 of 4)"), Is.GreaterThan(Array.IndexOf(shown, "alone")), "one that failed is where the eye is");
    }

    [Test]
    public void Each_step_has_its_own_outcome_and_not_that_of_its_test()
    {
        Result("busy day", "failed", Outcome.Failed, Step("busy day", 1, Outcome.Passed), Step("busy day", 2, Outcome.Failed));

        var rows = DrillResults.Read(_folder);

        Assert.That(rows.Select(row => (row.Outcome, row.HasFailed)), Is.EqualTo(new[] { (Outcome.Passed, false), (Outcome.Failed, true) }));
        Assert.That(DrillCount.Of(rows).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void A_test_that_failed_though_all_steps_passed_is_not_one_that_passed()
    {
        Result("busy day", "failed", Outcome.Failed, Step("busy day", 1, Outcome.Passed), Step("busy day", 2, Outcome.Passed));

        var rows = DrillResults.Read(_folder);

        Assert.That(rows.Select(row => row.HasFailed), Is.EqualTo(new[] { false, true }));
        Assert.That((rows[1].OutcomeText, rows[1].Why), Is.EqualTo(("Passed, its test failed", "the test said")));
        Assert.That(DrillCount.Of(rows).ExitCode, Is.EqualTo(1));
    }

    [Test]
    public void What_was_left_out_is_told_once_with_why_in_every_report()
    {
        Result("busy day", "failed", Outcome.Failed, Step("busy day", 1, Outcome.Passed, leftOut: LeftOut), Step("busy day", 4, Outcome.Failed, leftOut: LeftOut));
        var rows = DrillResults.Read(_folder);
        using var writer = new StringWriter();
        DrillTable.Print(AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) }), rows, NoHistory, null, 250);

        Assert.That(writer.ToString(), Does.Contain("""
            Scenario 'the day': 2 of 4 steps were run:
              left out: 'a zone is lost' (2 of 4), as 'the primary dies' before it is Failed
              left out: 'it is <healed> by hand' (3 of 4), as it is run only if it did not heal

            """.ReplaceLineEndings("\n")));
        Assert.That(DrillMarkdown.Write(rows, NoHistory), Does.Contain("\n- Scenario 'the day': 2 of 4 steps were run\n  - left out: 'a zone is lost' \\(2 of 4\\), as 'the primary dies' before it is Failed\n"));
        Assert.That(DrillPage.Write(rows, NoHistory, AllureLinks.Read(_folder, _folder), [], Make.Now), Does.Contain("<h2>Scenarios</h2>").And.Contain("it is &lt;healed&gt; by hand").And.Not.Contain("<healed>"));
    }

    [Test]
    public void Without_a_scenario_there_is_no_word_of_any()
    {
        Result("alone", "passed", Outcome.Passed, Run("alone", Outcome.Passed, null));
        var rows = DrillResults.Read(_folder);

        Assert.That(DrillScenario.Of(rows), Is.Empty);
        Assert.That(DrillPage.Write(rows, NoHistory, AllureLinks.Read(_folder, _folder), [], Make.Now), Does.Not.Contain("Scenarios"));
    }

    [Test]
    public void A_retrospective_of_a_whole_scenario_has_every_step_and_what_was_left_out()
    {
        RunRecord[] steps =
        [
            DrilledRecords.Attended() with { Step = new ScenarioStep("the day", "the primary dies", 1, 4) { ScenarioRun = "day-1", LeftOut = LeftOut } },
            DrilledRecords.Halted() with { RunId = "20261125-130000-0b7733d2", Step = new ScenarioStep("the day", "the network goes", 4, 4) { ScenarioRun = "day-1", LeftOut = LeftOut } },
        ];

        var paper = ScenarioRetrospective.Of([.. steps.Select(step => DrilledRecords.With(step))]);

        Assert.That(paper.Sections.Select(section => section.Id), Is.Unique);
        var text = PaperMarkdown.Write(paper).Replace("\\", "", StringComparison.Ordinal);
        Assert.That(text, Does.Contain("Retrospective: the day"));
        Assert.That(text.IndexOf("| 1. the primary dies | Failed", StringComparison.Ordinal), Is.Positive.And.LessThan(text.IndexOf("| 2. a zone is lost | left out", StringComparison.Ordinal)));
        Assert.That(text, Does.Contain("| 4. the network goes | Halted").And.Contain("4. the network goes: Timeline").And.Contain("only if it did not heal"));
        Assert.That(text.Split("What surprised?"), Has.Length.EqualTo(2), "people are asked once");
    }

    private static RunRecord Run(string name, Outcome outcome, ScenarioStep? step) => DrilledRecords.Refused() with { RunId = RunRecord.NewRunId(Make.Now), Name = name, Outcome = outcome, Reason = outcome == Outcome.Passed ? null : "for a reason", Step = step };

    private static RunRecord Step(string test, int number, Outcome outcome, string run = "busy", IReadOnlyList<LeftOutStep>? leftOut = null) =>
        Run($"{test}: {number}", outcome, new ScenarioStep("the day", $"{number}", number, 4) { ScenarioRun = run, LeftOut = leftOut ?? [] }) with { StartedAt = Make.Now + TimeSpan.FromMinutes(number) };

    private void Result(string name, string status, Outcome outcome, params IReadOnlyList<RunRecord> runs)
    {
        var attachments = runs.Select(run =>
        {
            var file = $"{Guid.NewGuid()}-attachment.json";
            File.WriteAllBytes(Path.Combine(_folder, file), Journal.Write(run));
            return $$"""{"name":"Journal","source":"{{file}}","type":"application/json"}""";
        }).ToList();
        File.WriteAllText(
            Path.Combine(_folder, $"{Guid.NewGuid()}-result.json"),
            $$"""{"name":"{{name}}","historyId":"{{name}}","status":"{{status}}","start":1,"labels":[{"name":"outcome","value":"{{outcome}}"}],"statusDetails":{"message":"the test said"},"attachments":[{{string.Join(",", attachments)}}]}""");
    }
}
