using ChaosHarness.Checkers.Recovery;
using ChaosHarness.LocalCloud.Names;

namespace Experiments.Cloud;

/// <summary>A failover in a local cloud that takes its time as AWS does: nothing of it is scaled.</summary>
public sealed class FailingOverInAwsTime() : NamedDatabaseExperiments(speed: 1)
{
    [Experiment(Rto = "3m", Rpo = "0 writes"), Category("nightly"), Category("aws"), Category("failover")]
    public async Task Clients_are_through_again_when_a_failover_takes_as_long_as_in_AWS(CancellationToken halt)
    {
        await using var client = await Database.ClientAsync(NameCaching.TimeToLive, TimeSpan.FromSeconds(2), halt);
        var result = await FailOver(client, "a Multi-AZ failover takes two minutes at most, and a client that keeps names for their time to live is through again a few seconds later").RunAsync(halt);

        var recovery = result.Find(new RecoveryChecker());
        Assert.That(recovery.Actual.Lower, Is.GreaterThan(TimeSpan.FromSeconds(100)), $"it is AWS's own time: {recovery}");
    }
}
