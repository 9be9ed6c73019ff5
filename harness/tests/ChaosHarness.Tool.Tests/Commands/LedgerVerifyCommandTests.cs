using System.Text.Json;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Tests.Runs;
using Dapper;
using Microsoft.Data.Sqlite;

namespace ChaosHarness.Tool.Tests.Commands;

public sealed class LedgerVerifyCommandTests
{
    private string _folder = "";

    [SetUp]
    public async Task FillAsync()
    {
        _folder = Directory.CreateTempSubdirectory("verify-").FullName;
        await using var ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", _folder));
        for (var number = 1; number <= 3; number++)
        {
            await ledger.AppendAsync(Make.Entry(Make.Run() with { RunId = $"run-{number}" }));
        }
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_is_as_it_was_written_ends_with_0_and_the_head_to_write_down()
    {
        var (exitCode, output, errors) = await VerifyAsync();

        Assert.That(exitCode, Is.Zero, output + errors);
        Assert.That(output, Does.Match("ledger\\.db is as it was written: 3 records, 3 runs\\.\n.*Write this down elsewhere.*: [0-9a-f]{64}\n$"));
    }

    [Test]
    public async Task What_was_changed_ends_with_1_and_every_record_by_name()
    {
        Change("UPDATE runs SET reason = 'all was well' WHERE run_id = 'run-2'");
        Change("DELETE FROM runs WHERE run_id = 'run-3'");

        var (exitCode, output, _) = await VerifyAsync();

        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("Changed: record 2, run-2: reason\nRemoved: record 3, run-3: what it is of is gone").And.Contain("is not as it was written: 2 things named above, the first at record 2."));
    }

    [Test]
    public async Task A_head_that_was_written_down_tells_what_was_cut_off()
    {
        var head = (await VerifyAsync()).Output.Trim()[^64..];
        Assert.That((await VerifyAsync("--head", head)).Output, Does.StartWith("The head that was written down is record 3 of 3"));

        Change("DELETE FROM runs WHERE run_id = 'run-3'; DELETE FROM records WHERE record_no = 3");

        Assert.That((await VerifyAsync()).ExitCode, Is.Zero);
        var (exitCode, output, _) = await VerifyAsync("--head", head);
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.StartWith($"No record has the head {head}: what it was the end of was cut off"));
        var wrong = await VerifyAsync("--head", "3f");
        Assert.That((wrong.ExitCode, wrong.Errors), Is.EqualTo((2, "The head '3f' is none: it has 64 hexadecimal digits, as `chaos ledger verify` prints them.\n")));
    }

    [Test]
    public async Task Programs_read_it_as_json()
    {
        Change("UPDATE figures SET upper = 0.001 WHERE run_no = 1 AND figure_no = 1");

        var (exitCode, output, _) = await VerifyAsync("--json");

        using var json = JsonDocument.Parse(output);
        var found = json.RootElement.GetProperty("breaks")[0];
        Assert.That((exitCode, json.RootElement.GetProperty("isWhole").GetBoolean(), json.RootElement.GetProperty("head").GetProperty("records").GetInt64()), Is.EqualTo((1, false, 3L)));
        Assert.That((found.GetProperty("kind").GetString(), found.GetProperty("record").GetInt64(), found.GetProperty("id").GetString(), found.GetProperty("what").GetString()), Is.EqualTo(("changed", 1L, "run-1", "the figure 'recovery time' of 'orders'")));
    }

    private Task<(int ExitCode, string Output, string Errors)> VerifyAsync(params string[] options) => ChaosProgram.RunAsync(_folder, ["ledger", "verify", "--ledger", "ledger.db", .. options]);

    private void Change(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "ledger.db")};Pooling=False");
        connection.Execute(sql);
    }
}
