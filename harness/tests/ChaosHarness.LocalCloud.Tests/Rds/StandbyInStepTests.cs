using ChaosHarness.Processes.Postgres;

namespace ChaosHarness.LocalCloud.Tests.Rds;

/// <summary>Only a standby that holds all that was acknowledged may take over.</summary>
public sealed class StandbyInStepTests
{
    [Test]
    public void It_is_in_step_once_it_has_what_was_written_before_the_primary_waited_for_it()
    {
        var standby = new StandbyInStep();

        Assert.That(standby.See("b", Says(waits: false, written: 100, flushed: 100)), Is.False, "the primary does not wait for it");
        Assert.That(standby.See("b", Says(waits: true, written: 200, flushed: 100)), Is.False, "100 to 200 were acknowledged without it");
        Assert.That(standby.See("b", Says(waits: true, written: 300, flushed: 199)), Is.False);
        Assert.That(standby.Name, Is.Null);
        Assert.That(standby.See("b", Says(waits: true, written: 300, flushed: 200)), Is.True, "what came after waits for it");
        Assert.That(standby.See("b", Says(waits: true, written: 400, flushed: 300)), Is.False, "it has come into step once");
        Assert.That(standby.Name, Is.EqualTo("b"));
    }

    [Test]
    public void One_that_the_primary_no_longer_waits_for_has_to_catch_up_anew()
    {
        var standby = new StandbyInStep();
        standby.See("b", Says(waits: true, written: 100, flushed: 100));
        standby.See("b", Says(waits: false, written: 150, flushed: 100));

        Assert.That(standby.Name, Is.Null);
        Assert.That(standby.See("b", Says(waits: true, written: 200, flushed: 150)), Is.False);
        Assert.That(standby.See("b", Says(waits: true, written: 200, flushed: 200)), Is.True);
    }

    [Test]
    public void Another_one_begins_anew()
    {
        var standby = new StandbyInStep();
        standby.See("b", Says(waits: true, written: 100, flushed: 100));

        Assert.That(standby.See("c", Says("c", waits: true, written: 200, flushed: 150)), Is.False);
        Assert.That(standby.Name, Is.Null, "b is not in step because c streams");
    }

    [Test]
    public void One_that_came_back_beside_its_own_old_connection_is_in_step_when_both_are()
    {
        var replication = Replication.Read("b|100|b:async:100,b:sync:90,c:sync:80");

        Assert.That(replication.Streaming["b"], Is.EqualTo(new StreamingStandby(false, 100)));
        Assert.That(replication.Streaming["c"], Is.EqualTo(new StreamingStandby(true, 80)));
    }

    private static Replication Says(bool waits, decimal written, decimal flushed) => Says("b", waits, written, flushed);

    private static Replication Says(string name, bool waits, decimal written, decimal flushed) =>
        new(waits ? name : "", written, new Dictionary<string, StreamingStandby> { [name] = new(waits, flushed) });
}
