using System.Text;
using System.Text.Json;
using ChaosHarness.Ledger.Exporting;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Exporting;

public sealed class LedgerExportTests
{
    private string _folder = "";
    private RunLedger _ledger = null!;

    [SetUp]
    public async Task OpenAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
        _ledger = await RunLedger.OpenAsync(LedgerAddress.Parse("ledger.db", _folder));
        await _ledger.AppendAsync(RunReader.Read(Results.Whole() with { Name = "=cmd(), with \"quotes\"\nand a line" }));
        await _ledger.AppendAsync(Make.Entry(new LedgerRun
        {
            RunId = "bare",
            ExperimentId = "bare",
            Name = "bare",
            System = "s",
            Environment = "e",
            Topology = "t",
            StartedAt = Make.Now,
            Duration = TimeSpan.Zero,
            Outcome = ChaosHarness.Experiments.Outcome.Broken,
        }));
    }

    [TearDown]
    public async Task CloseAsync()
    {
        await _ledger.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Json_lines_hold_a_run_each_with_its_details()
    {
        using var output = new MemoryStream();

        Assert.That(await LedgerExport.WriteJsonLinesAsync(_ledger, output), Is.EqualTo(2));

        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.That(lines, Has.Count.EqualTo(2));
        Assert.That(lines[0].GetProperty("rta_upper").GetDouble(), Is.EqualTo(1.1));
        Assert.That(lines[0].GetProperty("started_at").GetString(), Is.EqualTo("2026-11-24T12:00:00.000Z"));
        Assert.That(lines[0].GetProperty("timeline")[0].GetProperty("source").GetString(), Is.EqualTo("db-b"));
        Assert.That(lines[1].GetProperty("rta_upper").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task A_recovery_that_nobody_knows_was_neither_interrupted_nor_not()
    {
        await _ledger.AppendAsync(Make.Entry(Make.Run() with { RunId = "known" }));
        await _ledger.AppendAsync(Make.Entry(Make.Run().RecoveryUnknown() with { RunId = "unknown" }));
        using var output = new MemoryStream();
        await LedgerExport.WriteJsonLinesAsync(_ledger, output);
        var lines = Encoding.UTF8.GetString(output.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(line => line.GetProperty("run_id").GetString()!);

        Assert.That(lines["known"].GetProperty("interrupted").ValueKind, Is.EqualTo(JsonValueKind.True));
        Assert.That(lines["unknown"].GetProperty("interrupted").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(lines["unknown"].GetProperty("rta_upper").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }

    [Test]
    public async Task Csv_holds_a_line_each_and_no_formula()
    {
        using var output = new MemoryStream();

        Assert.That(await LedgerExport.WriteCsvAsync(_ledger, output), Is.EqualTo(2));

        var text = Encoding.UTF8.GetString(output.ToArray());
        Assert.That(text, Does.StartWith("run_id,experiment_id,name,"));
        Assert.That(text, Does.Contain(",\"'=cmd(), with \"\"quotes\"\"\nand a line\",shop,local,processes,nightly,main,"));
        Assert.That(text.Split('\n')[^2], Does.StartWith("bare,bare,bare,s,e,t,,,,,,,,,2026-11-25T12:00:00.000Z,0,").And.Contain(",Broken,,,,"));
    }
}
