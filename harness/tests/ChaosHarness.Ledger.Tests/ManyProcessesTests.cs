using System.Globalization;
using ChaosHarness.Fixtures.Tests;
using ChaosHarness.Ledger.Chains;

namespace ChaosHarness.Ledger.Tests;

/// <summary>Real processes that write to one ledger, and die while they do.</summary>
public sealed class ManyProcessesTests
{
    private const int Processes = 16;
    private const int RunsEach = 25;
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("ledger-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(LedgerPlaces.Sqlite)]
    [TestCase(LedgerPlaces.Postgres)]
    public async Task Sixteen_processes_that_append_at_once_lose_nothing(string kind)
    {
        var address = await LedgerPlaces.NewAsync(kind, _folder);
        var hosts = Enumerable.Range(0, Processes).Select(number => new KilledHost("ledger", Text(address), $"process-{number}", Count(RunsEach))).ToList();

        await Task.WhenAll(hosts.Select(host => host.EndedAsync()));

        Assert.That(hosts.Select(host => host.ExitCode), Has.All.Zero);
        hosts.ForEach(host => host.Dispose());
        var expected = Enumerable.Range(0, Processes).SelectMany(process => Enumerable.Range(0, RunsEach).Select(run => $"process-{process}-{run}"));
        Assert.That(await RunIdsAsync(address), Is.EquivalentTo(expected));
        await using var ledger = await RunLedger.OpenAsync(address);
        var report = await LedgerChain.VerifyAsync(ledger);
        Assert.That((report.IsWhole, report.Head!.Records), Is.EqualTo((true, (long)Processes * RunsEach)), "all of them made one chain");
    }

    [Test]
    public async Task A_process_that_is_killed_while_it_appends_leaves_every_run_that_it_had_written([Range(1, 5)] int attempt)
    {
        var address = LedgerAddress.Parse("ledger.db", _folder);
        var last = -1;
        using (var host = new KilledHost("ledger", Text(address), "killed", "100000"))
        {
            while (last < 20 * attempt)
            {
                last = int.Parse((await host.ReadLineAsync())!, CultureInfo.InvariantCulture);
            }

            host.Kill();
            while (await host.ReadLineAsync() is { } line)
            {
                // A line that was cut short was not said.
                last = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number == last + 1 ? number : last;
            }

            await host.EndedAsync();
        }

        var ids = await RunIdsAsync(address);
        Assert.That(ids.Take(last + 1), Is.EqualTo(Enumerable.Range(0, last + 1).Select(run => $"killed-{run}")));
        Assert.That(ids, Has.Count.LessThanOrEqualTo(last + 2), "at most one more was written and not yet said");
        await using var ledger = await RunLedger.OpenAsync(address);
        Assert.That(await ledger.AppendAsync(Runs.Make.Entry(Runs.Make.Run())), Is.True, "it can be written again");
        Assert.That((await LedgerChain.VerifyAsync(ledger)).IsWhole, Is.True);
    }

    private static async Task<List<string>> RunIdsAsync(LedgerAddress address)
    {
        await using var ledger = await RunLedger.OpenAsync(address);
        var ids = new List<(int Number, string Id)>();
        await foreach (var (run, _) in ledger.ReadAllAsync())
        {
            ids.Add((int.Parse(run.RunId.Split('-')[^1], CultureInfo.InvariantCulture), run.RunId));
        }

        return [.. ids.OrderBy(entry => entry.Number).Select(entry => entry.Id)];
    }

    private static string Text(LedgerAddress address) => address.Shown.Replace("postgresql://", "postgresql://postgres@", StringComparison.Ordinal);

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
