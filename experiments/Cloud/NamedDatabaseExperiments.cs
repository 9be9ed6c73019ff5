using ChaosHarness.Fixtures.Aws;

namespace Experiments.Cloud;

/// <summary>What the experiments on a database share whose endpoint is a name: the database, in a local cloud of its own, and a failover under orders.</summary>
/// <param name="speed">How many times faster than in AWS the cloud is.</param>
[AllureFeature("AWS"), AllureSeverity(SeverityLevel.critical)]
public abstract class NamedDatabaseExperiments(double speed) : ExperimentFixture
{
    private NamedDatabase? _database;

    protected NamedDatabase Database => _database!;

    [OneTimeSetUp]
    public async Task BringTheDatabaseUp() => _database = await NamedDatabase.StartAsync(speed);

    [OneTimeTearDown]
    public async Task EndTheDatabase()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    /// <summary>Begins an experiment that fails the database over while a client places orders.</summary>
    protected ExperimentBuilder FailOver(NamedDatabaseClient client, string hypothesis) => Experiment.Hypothesis(hypothesis)
        .On(Database.UnderTest)
        .Workload(client.Place(perSecond: 20))
        .SteadyState(new SuccessRate("orders").AtLeast(0.99))
        .Inject(Database.FailOver())
        .VerifyWithin("60s");
}
