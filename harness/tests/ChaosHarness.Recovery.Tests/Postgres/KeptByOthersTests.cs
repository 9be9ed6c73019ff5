using ChaosHarness.Checkers.Restores;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Recovery.Postgres.Checks;
using ChaosHarness.Recovery.Postgres.Corruptions;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>Backups that Barman, pgBackRest and pg_dump made by themselves: sound as they are, and noticed when something was broken in a copy of them.</summary>
[Platform("Linux")]
public sealed class KeptByOthersTests
{
    private readonly List<(string Tool, string Corruption, string Detail)> _table = [];
    private BackedUpDatabase _shop = null!;

    private static IEnumerable<TestCaseData> Broken()
    {
        yield return Case("Barman", Corruption.Truncated("server/base/*/data/base/5/*"), "by files as in the manifest");
        yield return Case("Barman", Corruption.Emptied("server/base/*/data/global/pg_control"), "by ");
        yield return Case("Barman", Corruption.LackingTheLast("1h"), "by replay");
        yield return Case("pgBackRest", Corruption.LostKey(), "by find");
        yield return Case("pgBackRest", Corruption.FlippedBit("*/pg_data/base/5/*"), "by fetch");
        yield return Case("pgBackRest", Corruption.HalfDeleted("*/pg_data/base/*"), "by fetch");
        yield return Case("pgBackRest", Corruption.LackingTheLast("1h"), "by replay");
        yield return Case("dumps", Corruption.Truncated("*.dump"), "by load");
        yield return Case("dumps", Corruption.Emptied("*.dump"), "by load");
        yield return Case("dumps", Corruption.FlippedBit("*.dump"), "by load");
        yield return Case("folders", Corruption.HalfDeleted("*/night/*"), "by load");
    }

    [OneTimeSetUp]
    public async Task StartAsync() => _shop = await BackedUpDatabase.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        foreach (var (tool, corruption, detail) in _table)
        {
            await TestContext.Progress.WriteLineAsync($"| {tool} | {corruption} | {detail} |");
        }

        await _shop.DisposeAsync();
    }

    [Test]
    public async Task Barman_gives_everything_back_and_what_was_there_at_a_moment()
    {
        // Barman tells to the second when a backup was complete.
        await Task.Delay(2000);
        var between = await _shop.NowAsync();
        await _shop.RunAsync("CREATE TABLE later (id int); SELECT pg_switch_wal()");
        await _shop.ArchivedAsync();
        var latest = await RestoreAsync(_shop.Barman, RestoreMoment.Latest(), later: "1");
        var earlier = await RestoreAsync(_shop.Barman, RestoreMoment.At(between), later: "0");
        await _shop.RunAsync("DROP TABLE later");

        Assert.That((latest.IsSound, earlier.IsSound), Is.EqualTo((true, true)), $"{latest}; {earlier}");
        Assert.That(latest.Copy.Checks.Select(check => check.Name), Does.Contain("files as in the manifest"), "Barman renames it");
    }

    [Test]
    public async Task PgBackRest_decrypts_what_it_encrypted()
    {
        var outcome = await RestoreAsync(_shop.PgBackRest, RestoreMoment.Latest());

        Assert.That(outcome.IsSound, outcome.ToString());
    }

    [TestCase("dumps")]
    [TestCase("folders")]
    public async Task A_dump_gives_back_what_was_there_when_it_was_begun(string kind)
    {
        var outcome = await RestoreAsync(Kept(kind), RestoreMoment.Latest(), orders: "20000");

        Assert.That(outcome.IsSound, outcome.ToString());
        Assert.That(outcome.Copy.Checks.Select(check => check.Name), Is.EqualTo(new[] { "tables and indexes", "sequences ahead of their data", "tables, indexes, functions", "orders" }));
        Assert.That(outcome.Copy.Target, Is.Not.Null, "what it has to hold is known from its table of contents");
    }

    [Test]
    public async Task A_dump_without_its_roles_cannot_be_restored()
    {
        var outcome = await RestoreAsync(_shop.Dumps with { Globals = null }, RestoreMoment.Latest(), orders: "20000");

        Assert.That(outcome.Copy.Problem, Does.Contain("role \"clerk\" does not exist"));
    }

    [Test]
    public void A_dump_is_restored_to_no_moment() =>
        Assert.That(new PostgresRestore(_shop.Dumps, _shop.Source, _shop.Place()) { Moment = RestoreMoment.Ago("1m") }.Mistakes, Is.EqualTo(new[] { "pg_dump is restored to no moment but its own: use RestoreMoment.Latest()." }));

    [TestCaseSource(nameof(Broken))]
    public async Task What_was_broken_in_a_copy_is_noticed(string tool, Corruption corruption, string by)
    {
        ArgumentNullException.ThrowIfNull(corruption);
        var outcome = await PlantAsync(tool, corruption);

        Assert.That(outcome.IsSound, outcome.ToString());
        var check = outcome.Copy.Checks.Single();
        _table.Add((tool, corruption.Name, check.Detail));
        Assert.That(check.Detail, Does.StartWith(by));
    }

    [Test]
    public async Task What_nothing_notices_fails()
    {
        // One that only looks as if it broke something: every check has to pass, and that is a failure.
        var outcome = await PlantAsync("dumps", Corruption.Of("nothing at all", (_, _) => ValueTask.CompletedTask));

        Assert.That(outcome.IsSound, Is.False);
        Assert.That(outcome.ToString(), Does.Contain("nothing noticed it"));
    }

    [Test]
    public async Task What_could_not_be_planted_is_not_taken_for_noticed()
    {
        var outcome = await PlantAsync("dumps", Corruption.Missing("*.nowhere"));

        Assert.That(outcome.Copy.Problem, Does.Contain("could not be planted: the backup has no *.nowhere"));
    }

    [Test]
    public async Task A_backup_that_is_broken_anyway_says_nothing_of_what_was_planted()
    {
        var place = _shop.Place();
        var restore = new PostgresRestore(_shop.Dumps with { Globals = null }, _shop.Source, place);
        var outcome = await RestoreRun.OfAsync(new PlantedCorruption(restore, Corruption.Truncated("*.dump")), place);

        Assert.That(outcome.Copy.Problem, Does.StartWith("the backup is not sound as it is"));
    }

    private async Task<RestoreOutcome> PlantAsync(string tool, Corruption corruption)
    {
        var place = _shop.Place();
        var kept = Kept(tool);
        var restore = new PostgresRestore(kept, _shop.Source, place) { Checks = [Orders(kept.AreDumps ? "20000" : "30000")] };
        return await RestoreRun.OfAsync(new PlantedCorruption(restore, corruption) { Control = false }, place);
    }

    private async Task<RestoreOutcome> RestoreAsync(IPostgresBackup backup, RestoreMoment moment, string orders = "30000", string? later = null)
    {
        var place = _shop.Place();
        return await RestoreRun.OfAsync(new PostgresRestore(backup, _shop.Source, place) { Moment = moment, Checks = later is null ? [Orders(orders)] : [Orders(orders), new SqlCheck("later", "SELECT count(*) FROM pg_class WHERE relname = 'later'", later)] }, place);
    }

    private IPostgresBackup Kept(string tool) => tool switch
    {
        "Barman" => _shop.Barman,
        "pgBackRest" => _shop.PgBackRest,
        "dumps" => _shop.Dumps,
        _ => _shop.Folders,
    };

    private static SqlCheck Orders(string count) => new("orders", "SELECT count(*) FROM orders", count);

    private static TestCaseData Case(string tool, Corruption corruption, string by) => new TestCaseData(tool, corruption, by).SetArgDisplayNames(tool, corruption.Name);
}
