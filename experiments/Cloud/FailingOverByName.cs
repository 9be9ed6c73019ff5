using System.Globalization;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.LocalCloud.Names;

namespace Experiments.Cloud;

/// <summary>The same failover, as clients see it that keep names and connections in different ways.</summary>
public sealed class FailingOverByName() : NamedDatabaseExperiments(speed: 20)
{
    // A connection to the host that is lost says nothing: with five of them, each kept as long as a command may take, nobody gets through.
    [Experiment(Rpo = "0 writes"), Category("nightly"), Category("aws"), Category("failover")]
    [TestCase(NameCaching.None, 1, "10s", "0:00:03", TestName = "Asks_each_time_and_gives_connections_up_after_a_second")]
    [TestCase(NameCaching.TimeToLive, 1, "15s", "0:00:03", TestName = "Keeps_the_name_for_its_time_to_live")]
    [TestCase(NameCaching.None, 6, "18s", "0:00:04", TestName = "Waits_on_silent_connections_until_none_is_left")]
    public async Task Clients_get_through_again(NameCaching caching, int seconds, string rto, string least, CancellationToken halt)
    {
        await using var client = await Database.ClientAsync(caching, TimeSpan.FromSeconds(seconds), halt);
        var result = await FailOver(client, "a client gets through again soon after a name leads elsewhere")
            .Expect(Lost.Nothing, Recovered.Within(rto))
            .RunAsync(halt);

        var recovery = result.Find(new RecoveryChecker());
        Assert.That(recovery.Interrupted, Is.True, $"everybody is shut out for a while: {recovery}");
        Assert.That(recovery.Actual.Lower, Is.GreaterThan(TimeSpan.Parse(least, CultureInfo.InvariantCulture)), $"as long as one waits for an answer, or keeps a name: {recovery}");
    }
}
