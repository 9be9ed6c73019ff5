using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Checks;
using ChaosHarness.Recovery.Postgres.Corruptions;

namespace Experiments.Recovery;

[AllureFeature("Backups"), AllureSeverity(SeverityLevel.critical)]
public sealed class RestoringTheOrders : OrderSystemExperiments
{
    private PostgresSource _source = null!;

    protected override OrderSystemOptions Options => new() { Backups = true };

    [SetUp]
    public void AskThePrimary() => _source = Database.Backups.Source();

    [TearDown]
    public ValueTask StopAsking() => _source.DisposeAsync();

    [Experiment(Id = "restoring-the-orders"), Category("nightly"), Category("backup")]
    public Task The_backup_and_the_log_since_give_every_order_back_that_was_acknowledged_by_a_moment() =>
        Hypothesis("while customers order, the database is restored apart to a moment of the last seconds, and holds every order of then")
            .SteadyFor("6s")
            .Inject(Restore(RestoreMoment.Ago("3s")))
            .Expect(Lost.Nothing, Restored.Within("60s"), Restored.LackingAtMost("30s"))
            .RunAsync();

    [Experiment(Id = "noticing-a-broken-backup"), Category("nightly")]
    public Task A_file_of_the_backup_that_ends_half_way_is_noticed() =>
        Hypothesis("a restore of a backup in which a file ends half way does not pass for a sound one")
            .Inject(new PlantedCorruption(Restore(RestoreMoment.Latest()), Corruption.Truncated("*/base/*")))
            .Expect(Lost.Nothing)
            .RunAsync();

    private PostgresRestore Restore(RestoreMoment moment) => new(Database.Backups.Kept, _source, Database.Backups.Place())
    {
        Moment = moment,
        OldestBackup = TimeSpan.FromHours(26),
        Writes = new Dictionary<string, string> { ["orders"] = "SELECT id FROM orders" },
        Checks = [new SqlCheck("quantities", "SELECT count(*) FROM orders WHERE quantity < 1", "0")],
    };
}
