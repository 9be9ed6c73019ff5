using System.Globalization;
using ChaosHarness.Checkers.Restores;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Recovery.Postgres.Checks;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>Backups that are broken on purpose, each in one way: what is tested is the looking.</summary>
[Platform("Linux")]
public sealed class CorruptionTests
{
    private ArchivedDatabase _shop = null!;
    private string _broken = "";

    [OneTimeSetUp]
    public async Task StartAsync() => _shop = await ArchivedDatabase.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync() => await _shop.DisposeAsync();

    [SetUp]
    public void Copy()
    {
        _broken = Directory.CreateTempSubdirectory("broken-").FullName;
        Copy(_shop.Backups, Path.Combine(_broken, "backups"));
        Copy(_shop.Archive, Path.Combine(_broken, "archive"));
        // The archive is read by who runs the restored server.
        using var open = System.Diagnostics.Process.Start("chmod", ["755", _broken]);
        open.WaitForExit();
    }

    [TearDown]
    public void Remove() => Directory.Delete(_broken, recursive: true);

    [Test]
    public async Task Unbroken_it_is_sound()
    {
        var outcome = await RestoreAsync(checks: [Coffee]);

        Assert.That(outcome.IsSound, outcome.ToString());
    }

    [Test]
    public async Task A_flipped_bit_in_a_table_is_found() => await FindsAsync(await FlipAsync("orders"), "files as in the manifest");

    [Test]
    public async Task A_flipped_bit_in_an_index_is_found() => await FindsAsync(await FlipAsync("by_item"), "files as in the manifest");

    // The manifest tells of neither: its own files are as they were.
    [Test]
    public async Task A_flipped_bit_in_a_table_is_found_without_a_manifest() => await FindsAsync(await FlipAsync("orders"), "tables and indexes", withoutManifest: true);

    [Test]
    public async Task A_flipped_bit_in_an_index_is_found_without_a_manifest() => await FindsAsync(await FlipAsync("by_item"), "tables and indexes", withoutManifest: true);

    [Test]
    public async Task A_truncated_file_is_found()
    {
        var file = await FileAsync("orders");
        await using (var stream = new FileStream(file, FileMode.Open))
        {
            stream.SetLength(8192);
        }

        await FindsAsync(file, "files as in the manifest");
    }

    [Test]
    public async Task An_empty_file_is_found()
    {
        var file = await FileAsync("customers");
        await File.WriteAllBytesAsync(file, []);
        await FindsAsync(file, "files as in the manifest");
    }

    [Test]
    public async Task A_missing_file_is_found()
    {
        var file = await FileAsync("by_item");
        File.Delete(file);
        await FindsAsync(file, "files as in the manifest");
    }

    [Test]
    public async Task A_flipped_bit_in_the_log_is_found_by_the_moment_that_is_not_reached()
    {
        var segment = Segments()[^3];
        Flip(segment, 200_000);
        var outcome = await RestoreAsync(RestoreMoment.Ago("0s"));

        Assert.That(outcome.Copy.Problem, Is.Not.Null);
    }

    [Test]
    public async Task A_missing_segment_is_found_where_the_latest_has_to_be_recent()
    {
        File.Delete(Segments()[^3]);
        var outcome = await RestoreAsync(checks: [Coffee]);

        Assert.That(outcome.IsSound, Is.False);
        Assert.That(outcome.Copy.Checks.Where(check => !check.Passed).Select(check => check.Name), Does.Contain("orders"));
    }

    [Test]
    public async Task A_restore_that_silently_stops_at_a_broken_segment_is_found_by_what_it_lacks()
    {
        Flip(Segments()[^3], 200_000);
        var outcome = await RestoreAsync(checks: [Coffee]);

        Assert.That(outcome.Copy.Problem, Is.Null, "PostgreSQL says nothing");
        Assert.That(outcome.IsSound, Is.False);
    }

    [Test]
    public async Task A_backup_of_another_system_is_found()
    {
        await using var other = await ArchivedDatabase.StartAsync();
        var place = _shop.Place();
        var outcome = await RestoreRun.OfAsync(new PostgresRestore(other.Kept, _shop.Source, place), place);

        Assert.That(outcome.Copy.Checks.Where(check => !check.Passed).Select(check => check.Name), Does.Contain("of this system"));
    }

    [Test]
    public async Task A_backup_that_is_older_than_allowed_is_found()
    {
        File.SetLastWriteTimeUtc(Path.Combine(_broken, "backups", "one", "backup_manifest"), DateTime.UtcNow.AddDays(-3));
        var place = _shop.Place();
        var outcome = await RestoreRun.OfAsync(new PostgresRestore(Broken, _shop.Source, place) { OldestBackup = TimeSpan.FromDays(2) }, place);

        Assert.That(outcome.Copy.Problem, Does.StartWith("the newest backup, one, is of ").And.EndWith(": older than 2d"));
    }

    [Test]
    public async Task Sequences_behind_their_data_and_missing_roles_are_found()
    {
        await using var other = await ArchivedDatabase.StartAsync();
        await other.RunAsync("SELECT setval('customers_id_seq', 7)");
        await other.ArchiveAsync();
        // Nothing is archived any more, so that no restore can know of the role.
        await other.RunAsync("ALTER SYSTEM SET archive_command = '/bin/false'");
        await other.RunAsync("SELECT pg_reload_conf()");
        await other.RunAsync("CREATE ROLE auditor");
        var place = other.Place();
        var outcome = await RestoreRun.OfAsync(new PostgresRestore(new BaseBackups(other.Backups, other.Archive), other.Source, place), place);

        Assert.That(
            outcome.Copy.Checks.Where(check => !check.Passed).Select(check => $"{check.Name}: {check.Detail}"),
            Is.EquivalentTo(new[] { "sequences ahead of their data: behind: customers_id_seq: 100 of 7", "roles, databases, extensions: missing: role auditor" }));
    }

    private static SqlCheck Coffee => new("orders", "SELECT count(*) FROM orders WHERE item LIKE 'coffee%'", "20000");

    private BaseBackups Broken => new(Path.Combine(_broken, "backups"), Path.Combine(_broken, "archive"));

    private async Task FindsAsync(string file, string check, bool withoutManifest = false)
    {
        if (withoutManifest)
        {
            // Found by its time alone, as a tool finds it that keeps no manifest.
            await File.WriteAllTextAsync(Path.Combine(_broken, "backups", "one", "backup_manifest"), "");
        }

        var outcome = await RestoreAsync();
        Assert.That(outcome.IsSound, Is.False, $"{file}: {outcome}");
        Assert.That(outcome.Copy.Problem is not null || outcome.Copy.Checks.Any(seen => seen.Name == check && !seen.Passed), $"{file}: {outcome}");
    }

    private async Task<RestoreOutcome> RestoreAsync(RestoreMoment? moment = null, IReadOnlyList<IPostgresCheck>? checks = null)
    {
        var place = _shop.Place();
        return await RestoreRun.OfAsync(new PostgresRestore(Broken, _shop.Source, place) { Moment = moment ?? RestoreMoment.Latest(), Checks = checks ?? [] }, place);
    }

    private async Task<string> FileAsync(string relation) =>
        Path.Combine(_broken, "backups", "one", await _shop.AskAsync<string>(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_relation_filepath('{relation}')")));

    private async Task<string> FlipAsync(string relation)
    {
        var file = await FileAsync(relation);
        Flip(file, (new FileInfo(file).Length / 8192 / 2 * 8192) + 8000);
        return file;
    }

    private List<string> Segments() => [.. Directory.GetFiles(Path.Combine(_broken, "archive")).Where(file => Path.GetFileName(file).Length == 24).Order(StringComparer.Ordinal)];

    private static void Flip(string file, long at)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
        stream.Position = at;
        var value = stream.ReadByte();
        stream.Position = at;
        stream.WriteByte((byte)(value ^ 0x10));
    }

    private static void Copy(string from, string to)
    {
        using var process = System.Diagnostics.Process.Start("cp", ["-a", from, to]);
        process.WaitForExit();
    }
}
