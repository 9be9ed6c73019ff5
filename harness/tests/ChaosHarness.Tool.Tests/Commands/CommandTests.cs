using System.Text.Json;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Leases;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;
using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Tool.Tests.Commands;

public sealed class CommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("commands-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_gate_fails_and_names_what_got_worse()
    {
        await FillAsync(latest: 1.5);

        var (exitCode, output, _) = await ChaosProgram.RunAsync(_folder, "gate", "--ledger", "ledger.db", "--baseline", "main", "--max-regression", "20%");

        Assert.That(exitCode, Is.EqualTo(1), output);
        Assert.That(output, Does.Contain("Worse: Losing losing-a (shop, local, processes, nightly)").And.Contain("RTA grew from").And.Contain("the latest 5 runs against 25 of main"));
        Assert.That(output, Does.Contain("Gate: 1 of 1 series of runs got worse by more than 20%."));
    }

    [Test]
    public async Task A_word_that_is_none_is_told_with_those_that_it_may_have_meant_and_no_page_of_help()
    {
        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "dril");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors + output, Does.Contain("dril").And.Contain("drill").And.Not.Contain("localcloud"));
        Assert.That((await ChaosProgram.RunAsync(_folder)).Output, Does.Contain("localcloud").And.Contain("Exit codes"));
    }

    [TestCase("faults", "revert")]
    [TestCase("ledger", "migrate")]
    public async Task A_command_without_its_word_says_which_there_are(string command, string word)
    {
        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, command);

        Assert.That((exitCode, errors), Is.EqualTo((2, "")));
        Assert.That(output, Does.Match($"Commands:[^:]*\n  {word} "));
        Assert.That((await ChaosProgram.RunAsync(_folder, command, "bogus")).Errors, Does.StartWith("Unrecognized command or argument 'bogus'.").And.Not.Contain("Required"));
    }

    [Test]
    public async Task The_list_of_commands_shows_no_argument_as_if_it_had_to_be_given()
    {
        Assert.That((await ChaosProgram.RunAsync(_folder, "--help")).Output, Does.Match("\n  drill +Runs"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "drill", "--help")).Output, Does.Contain("[<profile> [<arguments>...]]"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "faults")).Output, Does.Contain("discard <id>"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "report", "--help")).Output, Does.Contain("Exit code 0 when the report was made"));
    }

    [Test]
    public async Task The_lever_is_pulled_by_a_person_and_released()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Shop.sln"), "");
        Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "sessions", "one"));
        var file = Path.Combine(_folder, "artifacts", "HALT");

        var halt = await ChaosProgram.RunAsync(_folder, "halt", "--by", "ann", "--why", "the pager rings");
        Assert.That((halt.ExitCode, halt.Output), Is.EqualTo((0, $"Halted: what runs is being undone, and nothing starts while {file} is there. To take it back: chaos halt --release{Environment.NewLine}")));
        Assert.That((await ChaosProgram.RunAsync(_folder, "halt", "--by", "bob")).Output, Does.StartWith("Halted already by ann: the pager rings."));
        Assert.That((await ChaosProgram.RunAsync(_folder, "doctor")).Output, Does.Contain("engaged by ann: the pager rings"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "halt", "--release")).Output.Trim(), Is.EqualTo("Released what was halted by ann: the pager rings."));
        Assert.That(file, Does.Not.Exist);

        Assert.That((await ChaosProgram.RunAsync(_folder, "halt", "--session", "one")).ExitCode, Is.Zero);
        Assert.That(Path.Combine(_folder, "artifacts", "sessions", "one", "HALT"), Does.Exist);
        Assert.That((await ChaosProgram.RunAsync(_folder, "halt", "--session", "../..")).Errors, Does.StartWith("There is no session '../..'"));
        Assert.That((await ChaosProgram.RunAsync(_folder, "halt", "--session", "one", "--machine")).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task The_lever_reaches_tests_whose_solution_is_below_the_repository()
    {
        Directory.CreateDirectory(Path.Combine(_folder, ".git"));
        Directory.CreateDirectory(Path.Combine(_folder, "src", "tests"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "src", "Shop.sln"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "src", "tests", "Drills.csproj"), "<Project><!-- ChaosHarness.NUnit Microsoft.NET.Test.Sdk --></Project>");

        await ChaosProgram.RunAsync(_folder, "halt");
        Assert.That(Path.Combine(_folder, "src", "artifacts", "HALT"), Does.Exist);

        await ChaosProgram.RunAsync(_folder, "halt", "--release");
        Assert.That(Path.Combine(_folder, "src", "artifacts", "HALT"), Does.Not.Exist);
        Assert.That((await ChaosProgram.RunAsync(_folder, "halt", "--session", "")).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task The_gate_passes_what_is_stable_and_what_it_is_told_to_tolerate()
    {
        await FillAsync(latest: 1.5);
        Assert.That((await ChaosProgram.RunAsync(_folder, "gate", "--ledger", "ledger.db", "--max-regression", "100%")).ExitCode, Is.Zero);

        File.Delete(Path.Combine(_folder, "ledger.db"));
        await FillAsync(latest: 1);
        Assert.That((await ChaosProgram.RunAsync(_folder, "gate", "--ledger", "ledger.db")).ExitCode, Is.Zero);
    }

    [Test]
    public async Task The_gate_says_when_there_are_not_enough_runs()
    {
        await FillAsync(latest: 1);

        var (exitCode, output, _) = await ChaosProgram.RunAsync(_folder, "gate", "--ledger", "ledger.db", "--baseline", "release");

        Assert.That(exitCode, Is.Zero);
        Assert.That(output, Does.Contain("Not enough runs to judge 1 of 1 series: 3 latest runs and 15 of the baseline 'release' are the least."));
        Assert.That(output, Does.Contain("No run of the baseline 'release' before the latest ones is in the ledger: "));
    }

    [TestCase("--profile", "nope", "profile 'nope'. It has runs of the profiles 'nightly', and of the branches 'main'.")]
    [TestCase("--candidate", "nosuch", "candidate 'nosuch'. It has runs of the profiles 'nightly', and of the branches 'main'.")]
    public async Task A_gate_that_compared_nothing_is_no_success(string option, string value, string words)
    {
        await FillAsync(latest: 1);

        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "gate", "--ledger", "ledger.db", option, value);

        Assert.That((exitCode, errors.Trim()), Is.EqualTo((2, "Nothing was compared: no conclusive run of what was asked for is in the ledger, " + words)));
    }

    [TestCase("20")]
    [TestCase("-5%")]
    [TestCase("much")]
    public async Task A_regression_that_is_no_percentage_is_refused(string text)
    {
        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "gate", "--ledger", "ledger.db", "--max-regression", text);

        Assert.That(exitCode, Is.Not.Zero);
        Assert.That(errors, Does.Contain("must be a percentage such as 20%"));
    }

    [TestCase("gate")]
    [TestCase("report")]
    [TestCase("ledger", "export")]
    [TestCase("ledger", "migrate")]
    [TestCase("ledger", "verify")]
    [TestCase("findings")]
    [TestCase("ledger", "release", "shop")]
    public async Task A_ledger_that_is_not_there_is_told_and_not_made(params string[] command)
    {
        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, [.. command, "--ledger", "legder.db"]);

        Assert.That((exitCode, errors), Is.EqualTo((2, $"There is no ledger at {Path.Combine(_folder, "legder.db")}. Run a drill first (chaos drill), or say where it is with --ledger or CHAOSHARNESS_LEDGER.\n")));
        Assert.That(Directory.EnumerateFileSystemEntries(_folder), Is.Empty);
    }

    [Test]
    public async Task A_ledger_that_cannot_be_reached_ends_with_2_and_a_reason()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "ledger.db"), new string('x', 5000));

        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "report", "--ledger", "ledger.db");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain("ledger.db cannot be reached").And.Contain("not a database").And.Not.Contain("   at "));
    }

    [Test]
    public async Task The_report_writes_the_scorecard_as_page_and_json_and_says_it_in_a_line()
    {
        await FillAsync(latest: 1);
        Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "journals"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "artifacts", "journals", "broken.journal.json"), "{");

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "report", "--ledger", "ledger.db", "--output", "out");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Match("^DR scorecard: 100% of [0-9]+ runs passed in 30 days, 0 of 1 objectives at risk, [01] overdue, maturity [0-3] of 4, next: [a-z ]+\\."));
        Assert.That(errors, Does.Contain("Skipped").And.Contain("broken.journal.json"));
        Assert.That(File.Exists(Path.Combine(_folder, "out", "scorecard.html")), Is.True);
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(_folder, "out", "scorecard.json")));
        Assert.That(json.RootElement.GetProperty("experiments")[0].GetProperty("runs").GetArrayLength(), Is.EqualTo(30));
        Assert.That(json.RootElement.GetProperty("experiments")[0].GetProperty("runs")[0].GetProperty("recovery").GetProperty("upper").GetDouble(), Is.EqualTo(1).Within(0.1));
        Assert.That(json.RootElement.GetProperty("maturity").GetProperty("levels").GetArrayLength(), Is.EqualTo(4));
    }

    [Test]
    public async Task A_report_that_cannot_be_made_leaves_the_last_one_where_it_is()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Shop.sln"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "no.ledger"), new string('x', 5000));
        var session = Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "sessions", "one")).FullName;
        await File.WriteAllTextAsync(Path.Combine(session, ".over"), "");
        var page = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "report")).FullName, "index.html");
        await File.WriteAllTextAsync(page, "the last one");

        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "report", "--ledger", "no.ledger", "--no-allure");

        Assert.That((exitCode, await File.ReadAllTextAsync(page)), Is.EqualTo((2, "the last one")), errors);
        Directory.CreateDirectory(Path.Combine(_folder, "artifacts", "journals"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "artifacts", "journals", "x.journal.json"), "{");
        (exitCode, var output, errors) = await ChaosProgram.RunAsync(_folder, "report", "--no-allure");
        Assert.That((exitCode, await File.ReadAllTextAsync(page)), Is.EqualTo((0, await File.ReadAllTextAsync(Path.Combine(session, "report", "index.html")))), errors);
        Assert.That(output, Does.Contain("Scorecard: file://").And.Contain("artifacts/report/scorecard.html"));
        Assert.That(Path.Combine(_folder, "artifacts", "report", "scorecard.html"), Does.Exist);
    }

    [Test]
    public async Task Where_nothing_can_be_written_each_command_says_what_to_do()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Shop.sln"), "");
        await File.WriteAllTextAsync(Path.Combine(_folder, "artifacts"), "no folder");
        await FillAsync(latest: 1);

        var halt = await ChaosProgram.RunAsync(_folder, "halt");
        Assert.That((halt.ExitCode, halt.Output), Is.EqualTo((2, "")));
        Assert.That(halt.Errors, Does.StartWith("NOT HALTED: ").And.Contain("chaos halt --machine"));

        var doctor = await ChaosProgram.RunAsync(_folder, "doctor");
        Assert.That(doctor.ExitCode, Is.EqualTo(3));
        Assert.That(doctor.Output, Does.Match("PROBLEM  results +.*artifacts cannot be written: .*\n +-> let .* write there: chown -R "));

        var export = await ChaosProgram.RunAsync(_folder, "ledger", "export", "--ledger", "ledger.db", "--output", "no/such/file");
        Assert.That((export.ExitCode, export.Errors.Trim()), Is.EqualTo((2, $"{Path.Combine(_folder, "no", "such", "file")} cannot be written: there is no folder {Path.Combine(_folder, "no", "such")}. Make it, or name another file by --output.")));
    }

    [TestCase("{\"costPerMinut\": 5}", "costPerMinut")]
    [TestCase("{\"costPerMinute\": -5}", "costPerMinute must be 0 or more")]
    [TestCase("{", "no configuration")]
    [TestCase("null", "no configuration")]
    [TestCase("{\"overdueAfterDays\": {\"nightly\": 0}}", "every entry of overdueAfterDays")]
    public async Task A_configuration_that_is_wrong_ends_with_2_and_a_reason(string configuration, string reason)
    {
        await FillAsync(latest: 1);
        await File.WriteAllTextAsync(Path.Combine(_folder, "scorecard.json"), configuration);

        var (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "report", "--ledger", "ledger.db", "--configuration", "scorecard.json");

        Assert.That(exitCode, Is.EqualTo(2));
        Assert.That(errors, Does.Contain(reason));
    }

    [Test]
    public async Task Journals_are_imported_once_and_runs_exported()
    {
        var journals = Directory.CreateDirectory(Path.Combine(_folder, "journals")).FullName;
        await File.WriteAllTextAsync(Path.Combine(journals, "x.journal.json"), "no journal");
        await FillAsync(latest: 1);

        var import = await ChaosProgram.RunAsync(_folder, "ledger", "import", "journals", "--ledger", "ledger.db");
        var export = await ChaosProgram.RunAsync(_folder, "ledger", "export", "--format", "csv", "--ledger", "ledger.db");

        Assert.That((import.ExitCode, import.Output.Trim()), Is.EqualTo((0, "0 imported, 0 already there, 1 skipped.")));
        Assert.That(export.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries), Has.Length.EqualTo(31));
        Assert.That((await ChaosProgram.RunAsync(_folder, "ledger", "import", "nowhere", "--ledger", "ledger.db")).ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task A_system_is_released_by_a_person()
    {
        var system = new SystemIdentity("shop", "staging", SystemReach.Shared);
        await using (var lease = new LedgerLease(() => LedgerAddress.Parse("ledger.db", _folder)))
        {
            var held = await lease.TakeAsync(system, LeaseHolder.Here("run", "the drill", DateTimeOffset.UnixEpoch), TimeSpan.Zero, CancellationToken.None);
            await held.Held!.LeaveAsync(["glue"], CancellationToken.None);
            await held.Held.DisposeAsync();
        }

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "ledger", "release", "shop in staging", "--ledger", "ledger.db");
        Assert.That((exitCode, output.Trim()), Is.EqualTo((0, "shop in staging is free.")), errors);

        (exitCode, _, errors) = await ChaosProgram.RunAsync(_folder, "ledger", "release", "shop", "--ledger", "ledger.db");
        Assert.That((exitCode, errors), Is.EqualTo((2, $"{Path.Combine(_folder, "ledger.db")} knows no system 'shop'.\n")));
    }

    [Test]
    public async Task A_ledger_is_brought_up_to_date_when_asked_and_says_what_that_takes()
    {
        await FillAsync(latest: 1);

        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "ledger", "migrate", "--ledger", "ledger.db");

        Assert.That(exitCode, Is.Zero, errors);
        Assert.That(output, Does.Contain("ledger.db is up to date."));
        Assert.That(errors, Does.Contain("two and a half times its size"));
    }

    private async Task FillAsync(double latest)
    {
        await using var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", _folder));
        var now = DateTimeOffset.UtcNow;
        IEnumerable<LedgerRun> runs =
        [
            .. Enumerable.Range(0, 25).Select(i => Make.Run(rta: 1 + (0.01 * (i % 7))) with { StartedAt = now.AddDays(-20).AddHours(i) }),
            .. Enumerable.Range(0, 5).Select(i => Make.Run(rta: latest * (1 + (0.01 * i))) with { StartedAt = now.AddHours(-10).AddHours(i) }),
        ];
        await ledger.AppendAsync([.. runs.Select(Make.Entry)]);
    }
}
