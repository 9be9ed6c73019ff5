using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Accidents;
using ChaosHarness.Recovery.Postgres.Backups;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using Npgsql;

namespace ChaosHarness.Recovery.Tests.Postgres.Accidents;

/// <summary>What people do to a database, and how it is put right while everybody else goes on writing.</summary>
[Platform("Linux")]
public sealed class AccidentTests
{
    private readonly string _journals = Directory.CreateTempSubdirectory("mistakes-").FullName;
    private ArchivedDatabase _shop = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _shop = await ArchivedDatabase.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _shop.DisposeAsync();
        Directory.Delete(_journals, recursive: true);
    }

    [Test]
    public async Task A_delete_without_where_is_undone_and_what_others_wrote_meanwhile_stays()
    {
        await _shop.RunAsync("INSERT INTO customers (name) VALUES ('since the backup')");
        var place = _shop.Place();
        var run = await RunAsync(
            new OperatorMistake(_shop.ConnectionString, "db", "DELETE FROM customers", new TableRepair(_shop.Kept, _shop.ConnectionString, place, "customers")),
            "SELECT count(*) > 100 FROM customers",
            Recovered.Of("customers").Within("30s"));

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        var recovery = run.Figures.Single(figure => figure.Figure is { Name: "recovery time", Subject: "customers" }).Figure;
        Assert.That((recovery.Lower > 0, recovery.Upper < 30), Is.EqualTo((true, true)), $"from the statement to the last row: {recovery}");
        Assert.That(await _shop.AskAsync<long>("SELECT count(*) FROM customers"), Is.EqualTo(101), "those of the backup, and the one that only the log knew");
        Assert.That(await _shop.AskAsync<long>("SELECT count(*) FROM orders WHERE item = 'traffic'"), Is.GreaterThan(50), "orders that were placed all the while");
        Assert.That(Path.Exists(place.Folder), Is.False);
    }

    [Test]
    public async Task Rows_that_came_back_by_themselves_are_not_overwritten()
    {
        var moment = new DateTimeOffset(await _shop.AskAsync<DateTime>("SELECT clock_timestamp()"), TimeSpan.Zero);
        await _shop.RunAsync("DELETE FROM customers WHERE id <= 50; INSERT INTO customers (id, name) VALUES (7, 'back already')");

        var back = await new TableRepair(_shop.Kept, _shop.ConnectionString, _shop.Place(), "customers").RunAsync(moment, default);

        Assert.That(back, Is.EqualTo(49));
        Assert.That(await _shop.AskAsync<string>("SELECT name FROM customers WHERE id = 7"), Is.EqualTo("back already"));
    }

    [Test]
    public async Task A_bad_migration_is_rolled_back_and_nothing_that_was_acknowledged_is_lost()
    {
        var run = await RunAsync(
            new Migration(_shop.ConnectionString, "db", "ALTER TABLE orders RENAME COLUMN item TO product", "ALTER TABLE orders RENAME COLUMN product TO item"),
            "SELECT true");

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        Assert.That(run.LostWrites, Is.Empty);
        Assert.That(run.Find("availability")?.Figure.Lower ?? 0, Is.LessThan(1), "orders were refused while it was there");
    }

    [Test]
    public async Task A_migration_that_fails_half_way_leaves_nothing()
    {
        var migration = new Migration(_shop.ConnectionString, "db", "CREATE TABLE half (id int); SELECT 1 / 0", "DROP TABLE half");

        var recipe = await migration.PlanRevertAsync(default);

        Assert.That(async () => await migration.ApplyAsync(recipe, default), Throws.InstanceOf<PostgresException>());
        Assert.That(await _shop.AskAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'half'"), Is.Zero);
        Assert.That(async () => await migration.RevertAsync(recipe, default), Throws.Nothing, "there is nothing to roll back");
    }

    [Test]
    public async Task A_migration_is_rolled_back_once()
    {
        var migration = new Migration(_shop.ConnectionString, "db", "CREATE TABLE once (id int)", "DROP TABLE once");
        var recipe = await migration.PlanRevertAsync(default);

        await migration.ApplyAsync(recipe, default);
        await migration.RevertAsync(recipe, default);

        Assert.That(async () => await migration.RevertAsync(recipe, default), Throws.Nothing, "asked again");
    }

    [Test]
    public async Task Rows_that_could_not_be_brought_back_are_not_deleted()
    {
        var place = _shop.Place();
        await _shop.RunAsync("CREATE TABLE unkeyed (id int)");

        Assert.That(await ObstacleAsync(new TableRepair(_shop.Kept, _shop.ConnectionString, place, "unkeyed")), Does.Contain("has no primary key"));
        Assert.That(await ObstacleAsync(new TableRepair(_shop.Kept, _shop.ConnectionString, new PostgresPlace(Path.GetTempPath()), "customers")), Does.Contain("is there already"));
        Assert.That(await ObstacleAsync(new TableRepair(new PgDumps(_shop.Backups), _shop.ConnectionString, place, "customers")), Does.Contain("dumps"));
        Assert.That(await ObstacleAsync(new TableRepair(_shop.Kept, _shop.ConnectionString, place, "customers")), Is.Null);

        async Task<string?> ObstacleAsync(TableRepair repair) => (await new OperatorMistake(_shop.ConnectionString, "db", "DELETE FROM customers", repair).LookAsync(default)).Obstacle;
    }

    private Task<RunRecord> RunAsync(Fault mistake, string well, params IReadOnlyList<Expectation> expected) => new ExperimentRunner(new RunnerOptions
    {
        FaultJournalFolder = _journals,
        Safety = new SafetyPolicy { HaltFiles = [] },
    }).RunAsync(
        Experiment.Hypothesis("what was done can be undone, and no order is lost")
            .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = _shop.Data, Components = [new Component("db", ComponentKind.Database)] })
            .Workload(_shop.Traffic(perSecond: 50).ReadBack(StoredAsync))
            .Probe(new ChaosHarness.Probes.DelegateProbe("customers", async token => await IsWellAsync(well, token) ? ChaosHarness.Probes.ProbeSample.Good : ChaosHarness.Probes.ProbeSample.Bad("they are gone")).Every("50ms"))
            .SteadyState(new SuccessRate("orders").AtLeast(0.9), new SuccessRate("customers").AtLeast(0.9))
            .SteadyFor("1s")
            .Inject(mistake.For("500ms"))
            .Deadline("40s")
            .Expect([Lost.Nothing, .. expected]),
        CancellationToken.None);

    private async Task<bool> IsWellAsync(string well, CancellationToken token)
    {
        await using var command = _shop.Database.CreateCommand(well);
        return await command.ExecuteScalarAsync(token) is true;
    }

    private async IAsyncEnumerable<long> StoredAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await using var command = _shop.Database.CreateCommand("SELECT id FROM orders WHERE id > 1000000");
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
        {
            yield return rows.GetInt64(0);
        }
    }
}
