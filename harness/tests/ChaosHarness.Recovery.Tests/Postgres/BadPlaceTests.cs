using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>Places that are too small, sources that let nobody in, and backups that go away while they are fetched.</summary>
[Platform("Linux")]
public sealed class BadPlaceTests
{
    private ArchivedDatabase _shop = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _shop = await ArchivedDatabase.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync() => await _shop.DisposeAsync();

    [Test]
    public async Task A_backup_larger_than_the_place_is_refused_before_anything_is_fetched()
    {
        var outcome = await OnDiskAsync(4_000_000, place => RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, _shop.Source, place), place));

        Assert.That(outcome.Copy.Problem, Does.Match("^backup one takes [0-9]+ MB, and .* has [34] MB left: nothing was fetched; name a larger place$"));
        Assert.That(outcome.Copy.Phases.Select(phase => phase.Name), Is.EqualTo(new[] { "find" }));
    }

    [Test]
    public async Task A_place_that_fills_up_gives_no_restore_and_is_left_empty()
    {
        var size = (await _shop.Kept.FindAsync(null, default)).Size;
        var outcome = await OnDiskAsync(size + 200_000, place => RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, _shop.Source, place), place));

        Assert.That(outcome.Copy.Problem, Does.Contain("No space left on device"), outcome.ToString());
    }

    [Test]
    public async Task A_source_that_lets_nobody_in_is_told_as_that()
    {
        await using var nobody = new PostgresSource(_shop.ConnectionString.Replace("Username=postgres", "Username=nobody", StringComparison.Ordinal));
        var place = _shop.Place();
        var outcome = await RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, nobody, place), place);

        Assert.That(outcome.Copy.Problem, Does.Contain("role \"nobody\" does not exist"));
    }

    [Test]
    public async Task A_backup_that_retention_deletes_meanwhile_is_no_restore()
    {
        using var process = Process.Start("cp", ["-a", _shop.Backups, _shop.Backups + "-expiring"]);
        await process.WaitForExitAsync();
        var place = _shop.Place();
        var outcome = await RestoreRun.OfAsync(new PostgresRestore(new Expiring(new BaseBackups(_shop.Backups + "-expiring", _shop.Archive)), _shop.Source, place), place);

        Assert.That(outcome.IsSound, Is.False, outcome.ToString());
        Assert.That(outcome.Copy.Checks.Where(check => !check.Passed).Select(check => check.Name), Does.Contain("files as in the manifest"));
    }

    // A file system in memory, for who may mount one.
    private async Task<T> OnDiskAsync<T>(long bytes, Func<PostgresPlace, Task<T>> work)
    {
        var disk = _shop.Place().Folder + "-disk";
        Directory.CreateDirectory(disk);
        if (await RunAsync("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={bytes / 1024}k,mode=755"), "none", disk) != 0)
        {
            Assert.Ignore("This user may not mount a disk.");
        }

        try
        {
            return await work(new PostgresPlace(Path.Combine(disk, "copy")));
        }
        finally
        {
            await RunAsync("umount", "-l", disk);
        }
    }

    private static async Task<int> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Backups of which every other file is gone once one was found.</summary>
    private sealed class Expiring(BaseBackups backups) : IPostgresBackup
    {
        public string Name => backups.Name;

        public ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) => backups.WhyNotAsync(cancellationToken);

        public async ValueTask<FoundBackup> FindAsync(DateTimeOffset? moment, CancellationToken cancellationToken)
        {
            var found = await backups.FindAsync(moment, cancellationToken);
            foreach (var (index, file) in Directory.EnumerateFiles(Path.Combine(backups.Backups, found.Label, "base"), "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Index())
            {
                if (index % 2 == 0)
                {
                    File.Delete(file);
                }
            }

            return found;
        }

        public ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup backup, PostgresPlace place, DateTimeOffset? moment, CancellationToken cancellationToken) => backups.FetchAsync(backup, place, moment, cancellationToken);
    }
}
