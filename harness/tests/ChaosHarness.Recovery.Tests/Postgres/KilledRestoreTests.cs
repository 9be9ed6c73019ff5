using System.Diagnostics;
using System.Security.Cryptography;
using ChaosHarness.Faults;
using ChaosHarness.Safety;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>A restore whose process is killed in each of its phases: what it made goes away with the next start, or by the watchdog, and the source is as it was.</summary>
[Platform("Linux")]
public sealed class KilledRestoreTests
{
    private string _journals = "";
    private string[] _archived = [];
    private ArchivedDatabase _shop = null!;

    [OneTimeSetUp]
    public async Task StartAsync()
    {
        _shop = await ArchivedDatabase.StartAsync();
        await _shop.RunAsync("ALTER SYSTEM SET autovacuum = off");
        await _shop.RunAsync("SELECT pg_reload_conf()");
        await _shop.RunAsync("CREATE ROLE reader LOGIN; CHECKPOINT");
        await _shop.ArchiveAsync();
        _archived = Directory.GetFiles(_shop.Archive);
    }

    [OneTimeTearDown]
    public async Task EndAsync() => await _shop.DisposeAsync();

    [SetUp]
    public void Make() => _journals = Directory.CreateTempSubdirectory("killed-restores-").FullName;

    [TearDown]
    public void Remove() => Directory.Delete(_journals, recursive: true);

    [TestCase("find", false)]
    [TestCase("fetch", false)]
    [TestCase("replay", false)]
    [TestCase("verify", false)]
    [TestCase("verify", true)]
    public async Task Killed_in_a_phase_it_leaves_nothing_and_has_touched_nothing(string phase, bool isWatched)
    {
        var before = await SourceAsync();
        var place = _shop.Place();
        using (var host = Process.Start(new ProcessStartInfo("dotnet", [
            "exec", Path.Combine(AppContext.BaseDirectory, "KilledRestore.dll"), _journals, isWatched ? "watched" : "alone", phase, _shop.Backups, _shop.Archive,
            // A role that may not write at all.
            _shop.ConnectionString.Replace("Username=postgres", "Username=reader", StringComparison.Ordinal), place.Folder]) { RedirectStandardOutput = true })!)
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
            Assert.That(await host.StandardOutput.ReadLineAsync(limit.Token), Is.EqualTo(phase));
            if (phase == "replay")
            {
                Assert.That(() => File.Exists(Path.Combine(place.Data, "postmaster.pid")), Is.True.After(60_000, 20), "the server of the copy is up and replays");
            }

            host.Kill();
            await host.WaitForExitAsync(limit.Token);
        }

        if (isWatched)
        {
            Assert.That(() => Path.Exists(place.Folder), Is.False.After(60_000, 50));
        }
        else
        {
            Assert.That(Path.Exists(place.Folder), Is.EqualTo(phase != "find"), "nobody was left to remove it");
            var reverted = await LeftoverFaults.RevertAsync(_journals, RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);
            Assert.That(reverted.Select(fault => fault.Problem), Is.EqualTo(new string?[] { null }));
        }

        Assert.That(Path.Exists(place.Folder), Is.False);
        Assert.That(Directory.EnumerateDirectories("/proc").Where(process => WorksIn(process, place.Folder)), Is.Empty);
        Assert.That(await SourceAsync(), Is.EqualTo(before), "no transaction, no row, no file of the backups or the archive");
    }

    // The server itself notes now and then in its log which transactions run, and archives that: only the number of the next transaction stands still.
    private async Task<string> SourceAsync() =>
        $"{await _shop.AskAsync<string>("SELECT pg_snapshot_xmax(pg_current_snapshot()) || ' ' || (SELECT count(*) FROM orders) || ' ' || (SELECT count(*) FROM customers)")} {Hash(Directory.GetFiles(_shop.Backups, "*", SearchOption.AllDirectories))} {Hash(_archived)}";

    private static string Hash(IEnumerable<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files.Order(StringComparer.Ordinal))
        {
            hash.AppendData(System.Text.Encoding.UTF8.GetBytes(file));
            hash.AppendData(File.ReadAllBytes(file));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static bool WorksIn(string process, string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
