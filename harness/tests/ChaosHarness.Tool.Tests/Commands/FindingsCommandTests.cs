using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Tool.Tests.Commands;

public sealed class FindingsCommandTests
{
    private string _folder = "";

    [SetUp]
    public async Task FillAsync()
    {
        _folder = Directory.CreateTempSubdirectory("findings-").FullName;
        await AppendAsync("shown", DateTimeOffset.UtcNow.AddDays(-2), Outcome.Failed);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task One_is_opened_listed_and_closed_by_the_run_that_proves_it_mended()
    {
        var added = await AddAsync("2999-12-31", "Restore takes an hour");
        Assert.That((added.ExitCode, added.Output), Is.EqualTo((0, $"F1 is open: Restore takes an hour{Environment.NewLine}")), added.Errors);
        Assert.That((await RunAsync("findings")).Output, Does.StartWith("F1  open, high, Ada, due 2999-12-31").And.Contain("shop in local: Losing losing-a, run shown").And.Contain("1 finding, 1 open, 0 overdue."));

        await AppendAsync("proof", DateTimeOffset.UtcNow.AddMinutes(1), Outcome.Passed);

        Assert.That((await RunAsync("findings")).Output, Does.StartWith("F1  closed, high").And.Match(@"    [0-9-]{10} [0-9:]{5} UTC closed by run proof\r?\n1 finding, 0 open"));
        Assert.That((await RunAsync("findings", "--open")).Output.Trim(), Is.EqualTo("0 findings of 1, 0 open, 0 overdue."));
        Assert.That((await RunAsync("ledger", "verify")).Output, Does.Contain("4 records, 2 runs."));
    }

    [Test]
    public async Task A_run_that_proves_nothing_is_refused_and_a_risk_is_accepted_by_a_name()
    {
        await AddAsync("2999-12-31", "Restore takes an hour", "--close-by-hand", "--proved-by", "restoring");
        await AppendAsync("passed", DateTimeOffset.UtcNow.AddMinutes(1), Outcome.Passed);

        var refused = await RunAsync("findings", "close", "F1", "--run", "passed");
        Assert.That((refused.ExitCode, refused.Errors.Trim()), Is.EqualTo((1, "Not closed: run passed is of the experiment 'losing-a', and F1 is proved by 'restoring'.")));
        Assert.That((await RunAsync("findings", "close", "F1", "--because", "cheap")).Errors, Does.Contain("--by").And.Contain("is empty"));
        Assert.That((await RunAsync("findings", "close", "F1")).Errors, Does.Contain("one of them"));
        Assert.That((await RunAsync("findings", "close", "third", "--run", "x")).Errors, Does.StartWith("'third' is no finding"));
        Assert.That((await RunAsync("findings", "close", "F7", "--run", "passed")).ExitCode, Is.EqualTo(2));

        var closed = await RunAsync("findings", "close", "1", "--because", "cheap", "--by", "Eve");
        Assert.That(closed.ExitCode, Is.Zero);
        Assert.That(closed.Output, Does.StartWith("F1: ").And.Contain("UTC closed by Eve: cheap"));
    }

    [Test]
    public async Task What_is_given_wrongly_is_told()
    {
        Assert.That((await AddAsync("31.12.2026", "x")).Errors, Does.Contain("--due is '31.12.2026', but must be a day such as 2026-12-31."));
        Assert.That((await AddAsync("2999-12-31", " ")).Errors.Trim(), Is.EqualTo("The text is empty."));
        Assert.That((await RunAsync("findings", "add", "--run", "nowhere", "--severity", "low", "--owner", "Ada", "--due", "2999-12-31", "x")).Errors, Does.StartWith("No finding was opened: ").And.Contain("no run 'nowhere'"));
        Assert.That((await AddAsync("2999-12-31", "x", "--proved-by", "no-such-experiment")).Output, Does.Contain("No run of 'no-such-experiment' is in the ledger yet"));
    }

    [Test]
    public async Task They_are_filtered_and_read_by_programs()
    {
        await AppendAsync("elsewhere", DateTimeOffset.UtcNow.AddDays(-1), Outcome.Failed, "staging");
        await AddAsync("2020-01-31", "Late");
        await AddAsync("2999-12-31", "In time");
        await RunAsync("findings", "add", "--run", "elsewhere", "--severity", "low", "--owner", "Ada", "--due", "2999-12-31", "Elsewhere");

        Assert.That(await IdsAsync(), Is.EqualTo(new[] { "F1", "F2", "F3" }));
        Assert.That(await IdsAsync("--overdue"), Is.EqualTo(new[] { "F1" }));
        Assert.That(await IdsAsync("--system", "shop in staging"), Is.EqualTo(new[] { "F3" }));
        Assert.That(await IdsAsync("--system", "shop"), Has.Length.EqualTo(3));
        Assert.That(await IdsAsync("--experiment", "losing-b"), Is.Empty);
        using var json = JsonDocument.Parse((await RunAsync("findings", "--json", "--overdue")).Output);
        var finding = json.RootElement[0];
        Assert.That((finding.GetProperty("severity").GetString(), finding.GetProperty("due").GetString(), finding.GetProperty("isOverdue").GetBoolean(), finding.GetProperty("state").GetString()), Is.EqualTo(("high", "2020-01-31", true, "open")));
    }

    [Test]
    public async Task The_gate_fails_for_those_that_are_overdue_where_it_is_asked_to()
    {
        await AddAsync("2020-01-31", "Late");
        await RunAsync("findings", "add", "--run", "shown", "--severity", "low", "--owner", "Ada", "--due", "2020-01-31", "Little");

        Assert.That((await RunAsync("gate")).ExitCode, Is.Zero);
        var (exitCode, output, _) = await RunAsync("gate", "--overdue-findings", "medium");
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.Match("Overdue: F1, high, Ada, due 2020-01-31, [0-9,]+ days late: Late \\(shop in local\\)").And.Contain("Gate: 1 finding of severity medium or worse overdue.").And.Not.Contain("Little"));
        Assert.That((await RunAsync("gate", "--overdue-findings", "low")).Output, Does.Contain("Little"));
        Assert.That((await RunAsync("gate", "--overdue-findings", "all")).ExitCode, Is.EqualTo(2));
        await RunAsync("findings", "close", "F1", "--because", "cheap", "--by", "Eve");
        Assert.That((await RunAsync("gate", "--overdue-findings", "medium")).ExitCode, Is.Zero);
    }

    private Task<(int ExitCode, string Output, string Errors)> AddAsync(string due, string text, params string[] more) => RunAsync(["findings", "add", "--run", "shown", "--severity", "high", "--owner", "Ada", "--due", due, text, .. more]);

    private Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => ChaosProgram.RunAsync(_folder, [.. arguments, "--ledger", "ledger.db"]);

    private async Task<string[]> IdsAsync(params string[] filters)
    {
        using var json = JsonDocument.Parse((await RunAsync(["findings", "--json", .. filters])).Output);
        return [.. json.RootElement.EnumerateArray().Select(finding => finding.GetProperty("id").GetString()!)];
    }

    private async Task AppendAsync(string id, DateTimeOffset startedAt, Outcome outcome, string environment = "local")
    {
        await using var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", _folder));
        await ledger.AppendAsync(Make.Entry(Make.Run(outcome: outcome) with { RunId = id, StartedAt = startedAt, Environment = environment }));
    }
}
