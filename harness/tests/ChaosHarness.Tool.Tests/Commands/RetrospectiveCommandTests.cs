using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Tool.Tests.Commands;

public sealed class RetrospectiveCommandTests
{
    private string _folder = "";

    private string Journals => Path.Combine(_folder, "artifacts", "journals");

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("retrospective-").FullName;
        File.WriteAllText(Path.Combine(_folder, "Shop.sln"), "");
        Directory.CreateDirectory(Journals);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task It_is_of_the_latest_run_that_people_attended()
    {
        Write(DrilledJournals.Nightly("20261101-000000-a"));
        Write(DrilledJournals.Attended("20261102-000000-b"));
        Write(DrilledJournals.Nightly("20261103-000000-c") with { Hypothesis = "a \"Person\" is not needed" });
        await File.WriteAllTextAsync(Path.Combine(Journals, "20261104-000000-d.journal.json"), "{\"schema\":2,");

        var (exitCode, output, errors) = await RunAsync();

        var page = Path.Combine(Journals, "20261102-000000-b.retrospective.html");
        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain($"Retrospective: {new Uri(page).AbsoluteUri}").And.Contain("To write on: " + Path.Combine("artifacts", "journals", "20261102-000000-b.retrospective.md")));
        Assert.That(errors, Does.StartWith("Passed over ").And.Contain("20261104-000000-d.journal.json: This is not a journal"));
        Assert.That(page, Does.Exist);
        Assert.That(await File.ReadAllTextAsync(Path.ChangeExtension(page, ".md")), Does.Contain("Findings: not recorded, as there is no ledger at "));
    }

    [Test]
    public async Task Where_nobody_attended_any_it_is_of_the_latest()
    {
        Write(DrilledJournals.Nightly("20261101-000000-a"));
        Write(DrilledJournals.Nightly("20261103-000000-c"));

        Assert.That((await RunAsync()).Output, Does.Contain("20261103-000000-c.retrospective.html"));
    }

    [Test]
    public async Task A_whole_scenario_is_found_by_any_of_its_steps()
    {
        Write(Step("20261101-000000-a", 1, "day-1"));
        Write(Step("20261102-000000-b", 2, "day-1"));
        Write(Step("20261103-000000-c", 1, "day-2"));
        Write(DrilledJournals.Nightly("20261104-000000-d") with { Hypothesis = "day-1 was bad" });

        var (exitCode, output, errors) = await RunAsync("20261102-000000-b", "--scenario");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain("20261101-000000-a.scenario.retrospective.html"));
        var text = await File.ReadAllTextAsync(Path.Combine(Journals, "20261101-000000-a.scenario.retrospective.md"));
        Assert.That(text, Does.Contain("20261101-000000-a").And.Contain("20261102-000000-b").And.Not.Contain("20261103-000000-c").And.Not.Contain("20261104-000000-d"));
        Write(DrilledJournals.Attended("20261105-000000-e"));
        Assert.That((await RunAsync("--scenario")).Output, Does.Contain("20261103-000000-c.scenario.retrospective.html"), "the latest scenario, whatever people attended since");
        Assert.That((await RunAsync("20261101-000000-a", "--scenario")).Errors, Does.Contain("is there already"), "the same, whichever step is named");
        Assert.That((await RunAsync("20261104-000000-d", "--scenario")).Errors, Does.StartWith("Run '20261104-000000-d' is no step of a scenario"));

        static RunRecord Step(string id, int number, string run) => DrilledJournals.Nightly(id) with { Step = new ScenarioStep("the day", $"step {number}", number, 2) { ScenarioRun = run } };
    }

    [Test]
    public async Task A_run_that_there_is_not_is_told_with_the_latest_ones()
    {
        Assert.That((await RunAsync("x")).Errors, Does.StartWith("There is no journal of run 'x' in ").And.Contain("It holds none: run a drill first"));
        Assert.That((await RunAsync()).Errors, Does.StartWith("There is no journal that can be read in "));
        for (var day = 1; day <= 7; day++)
        {
            Write(DrilledJournals.Nightly($"2026110{day}-000000-a"));
        }

        var (exitCode, _, errors) = await RunAsync("../journals/20261101-000000-a");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("The latest are: 20261107-000000-a, 20261106-000000-a, 20261105-000000-a, 20261104-000000-a, 20261103-000000-a."));
    }

    [Test]
    public async Task What_people_wrote_into_one_is_not_written_over()
    {
        Write(DrilledJournals.Attended("20261102-000000-b"));
        await RunAsync();
        var file = Path.Combine(Journals, "20261102-000000-b.retrospective.md");
        await File.AppendAllTextAsync(file, "- the runbook was right");

        var (exitCode, _, errors) = await RunAsync("20261102-000000-b");

        Assert.That((exitCode, errors), Is.EqualTo((2, $"{Path.Combine("artifacts", "journals", "20261102-000000-b.retrospective.md")} is there already, and people may have written into it. --replace writes it anew, --output names another folder.{Environment.NewLine}")));
        Assert.That(await File.ReadAllTextAsync(file), Does.EndWith("the runbook was right"));
        Assert.That((await RunAsync("--output", "elsewhere")).Output, Does.Contain(Path.Combine("elsewhere", "20261102-000000-b.retrospective.md")));
        Assert.That((await RunAsync("--replace")).ExitCode, Is.Zero);
        Assert.That(await File.ReadAllTextAsync(file), Does.Not.Contain("the runbook was right"));
    }

    [Test]
    public async Task It_has_the_open_findings_that_the_ledger_keeps_of_the_run()
    {
        var record = DrilledJournals.Attended("20261102-000000-b");
        Write(record);
        await using (var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("kept.db", _folder)))
        {
            await ledger.AppendAsync(RunReader.Read(record));
            await FollowUpBook.OpenAsync(ledger, new NewFollowUp(record.RunId, "The standby is cold", FollowUpSeverity.High, "Ada", new DateOnly(2999, 1, 1), "Bob"));
        }

        Assert.That((await RunAsync("--ledger", "kept.db")).ExitCode, Is.Zero);

        Assert.That(await File.ReadAllTextAsync(Path.Combine(Journals, record.RunId + ".retrospective.md")), Does.Contain("| F1: The standby is cold | high | Ada | 2999-01-01 | open; opened "));
        Assert.That((await RunAsync("--replace", "--ledger", "none.db")).Errors, Does.StartWith("There is no ledger at "));
    }

    [Test]
    public async Task A_journal_that_says_that_it_is_of_another_run_is_refused()
    {
        await File.WriteAllBytesAsync(Path.Combine(Journals, "20261102-000000-b.journal.json"), Journal.Write(DrilledJournals.Attended("../../outside")));

        Assert.That((await RunAsync("20261102-000000-b")).Errors, Does.Contain("It is the journal of run '../../outside', and is called after another."));
    }

    private void Write(RunRecord record) => File.WriteAllBytes(Path.Combine(Journals, record.RunId + Journal.Suffix), Journal.Write(record));

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => ChaosProgram.RunAsync(_folder, ["retrospective", .. arguments]);
}
