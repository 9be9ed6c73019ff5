using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Measurement;
using ChaosHarness.Reports.Drills;
using Spectre.Console;

namespace ChaosHarness.Reports.Tests.Drills;

public sealed class DrillResultsTests
{
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
        Assert.That(row.Record!.Measurements.Availability, Is.EqualTo(new Availability(99, 100)));
    }

    [Test]
    public void All_passed_is_zero_and_anything_else_is_not()
    {
        Add("good", Outcome.Passed, Outcome.Passed);
        Assert.That(Print(out var text), Is.Zero);
        Assert.That(text, Does.Contain("good").And.Contain("99% (99 of 100)").And.Contain("1 of 1 experiments passed.").And.Contain("Report: here"));

        foreach (var outcome in new[] { Outcome.Failed, Outcome.Inconclusive, Outcome.Halted, Outcome.Broken })
        {
            Add("bad", outcome, outcome);
            Assert.That(Print(out text), Is.EqualTo(1));
            Assert.That(text, Does.Contain($"{outcome}: bad").And.Contain("for a reason"));
        }
    }

    [Test]
    public void A_test_that_never_ran_its_experiment_is_a_row_too()
    {
        Add("broken", Outcome.Broken, null);

        Assert.That(DrillResults.Read(_folder).Single().Record, Is.Null);
        Assert.That(Print(out var text), Is.EqualTo(1));
        Assert.That(text, Does.Contain("Broken: broken").And.Contain("first line").And.Not.Contain("second line"));
    }

    [Test]
    public void Nothing_that_ran_is_no_success()
    {
        Assert.That(Print(out var text), Is.EqualTo(2));
        Assert.That(text, Does.Contain("No experiment ran."));
        Assert.That(DrillResults.Read(Path.Combine(_folder, "none")), Is.Empty);
    }

    [Test]
    public void Of_several_attempts_the_last_one_counts_whatever_order_the_files_are_in()
    {
        Add("tried again", Outcome.Failed, Outcome.Failed, history: "one", start: 1000);
        Add("tried again", Outcome.Passed, Outcome.Passed, history: "one", start: 3000);
        Add("tried again", Outcome.Failed, Outcome.Failed, history: "one", start: 2000);
        Add("another", Outcome.Passed, Outcome.Passed, history: "two", start: 1000);

        Assert.That(Print(out var text), Is.Zero);
        Assert.That(text, Does.Contain("2 of 2 experiments passed."));
    }

    [Test]
    public void What_this_machine_can_never_run_fails_nothing_and_is_no_pass()
    {
        Add("good", Outcome.Passed, Outcome.Passed);
        Add("elsewhere", Outcome.Inconclusive, Outcome.Inconclusive, isImpossible: true);

        Assert.That(Print(out var text), Is.Zero);
        Assert.That(text, Does.Contain("1 of 1 experiments passed.").And.Contain("1 cannot run on this machine.").And.Contain("Inconclusive: elsewhere"));
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
        Assert.That(text, Does.Contain("whole").And.Contain("Broken: cut-result.json").And.Contain("The result cannot be read").And.Contain("1 of 2 experiments passed."));
    }

    [Test]
    public void Names_and_reasons_do_not_steer_the_terminal()
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });

        DrillTable.Print(console, [new DrillRow("\u001b[2J[red]gone[/]\u202e", Outcome.Failed, "\u001b]0;title\u0007", null)], null);

        Assert.That(writer.ToString(), Does.Contain("\u00b7[2J[red]gone[/]\u00b7").And.Not.Contain("\u001b").And.Not.Contain("\u0007"));
    }

    private int Print(out string text)
    {
        using var writer = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Ansi = AnsiSupport.No, Out = new AnsiConsoleOutput(writer) });
        var code = DrillTable.Print(console, DrillResults.Read(_folder), "here");
        text = writer.ToString();
        return code;
    }

    private void Add(string name, Outcome test, Outcome? experiment, string? history = null, long start = 0, bool isImpossible = false)
    {
        var id = Guid.NewGuid();
        var attachments = "";
        if (experiment is { } outcome)
        {
            File.WriteAllBytes(Path.Combine(_folder, $"{id}-attachment.json"), Journal.Write(Record(name, outcome) with { Impossible = isImpossible }));
            attachments = $$"""{"name":"Journal","source":"{{id}}-attachment.json","type":"application/json"}""";
        }

        File.WriteAllText(
            Path.Combine(_folder, $"{id}-result.json"),
            $$"""{"historyId":"{{history ?? id.ToString()}}","start":{{start}},"name":"{{name}}","labels":[{"name":"outcome","value":"{{test}}"}],"statusDetails":{"message":"first line\nsecond line"},"attachments":[{{attachments}}]}""");
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
        Objectives = Objectives.Parse("30s", "0 writes", null),
        Measurements = new Measurements { Availability = new Availability(99, 100) },
        Phases = [],
        Faults = [],
        Timeline = [],
        Observations = [],
    };
}
