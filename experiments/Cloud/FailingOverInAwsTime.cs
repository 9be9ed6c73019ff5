using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Experiments;
using ChaosHarness.Fixtures.Aws;
using ChaosHarness.LocalCloud.Names;
using ChaosHarness.SteadyState;

namespace Experiments.Cloud;

/// <summary>A failover in a local cloud that takes its time as AWS does: nothing of it is scaled.</summary>
[AllureFeature("AWS"), AllureSeverity(SeverityLevel.critical)]
public sealed class FailingOverInAwsTime : ExperimentFixture
{
    private NamedDatabase? _database;

    [OneTimeSetUp]
    public async Task BringTheDatabaseUp() => _database = await NamedDatabase.StartAsync(speed: 1);

    [OneTimeTearDown]
    public async Task EndTheDatabase()
    {
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
    }

    [Experiment(Rto = "3m", Rpo = "0 writes"), Category("nightly"), Category("aws"), Category("failover")]
    public async Task Clients_are_through_again_when_a_failover_takes_as_long_as_in_AWS(CancellationToken halt)
    {
        await using var client = await _database!.ClientAsync(NameCaching.TimeToLive, TimeSpan.FromSeconds(2), halt);
        var result = await Experiment.Hypothesis("a Multi-AZ failover takes two minutes at most, and a client that keeps names for their time to live is through again a few seconds later")
            .On(_database.UnderTest)
            .Workload(client.Place(perSecond: 20))
            .SteadyState(new SuccessRate("orders").AtLeast(0.99))
            .Inject(_database.FailOver())
            .VerifyWithin("60s")
            .RunAsync(halt);

        var recovery = result.Find(new RecoveryChecker());
        Assert.That(recovery.Actual.Lower, Is.GreaterThan(TimeSpan.FromSeconds(100)), $"it is AWS's own time: {recovery}");
    }
}
