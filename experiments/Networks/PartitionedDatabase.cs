namespace Experiments.Networks;

[AllureFeature("Network"), AllureSeverity(SeverityLevel.critical)]
public sealed class PartitionedDatabase : OrderSystemExperiments
{
    [Experiment(Rto = "5s", Rpo = "0 writes", Availability = "85%"), Category("nightly"), Category("network")]
    public Task Instance_that_is_cut_off_from_the_database_leaves_the_rotation()
    {
        var instance = ServiceIn("b");
        return Hypothesis("an instance whose route to the database is gone is taken out of rotation, and the others take its orders")
            .Inject(Shop.Links.ToDatabase(instance).Partition())
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing, Detected.By(HealthCheckOf(instance), "3s"), Detected.AndReinstatedBy(HealthCheckOf(instance), "5s"))
            .RunAsync();
    }

    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("network")]
    public Task Orders_are_accepted_again_soon_after_every_instance_was_cut_off() =>
        Hypothesis("when no instance reaches the database orders fail fast, and are accepted again soon after the network heals; nothing is promoted")
            .Inject(Schedule.InParallel([.. Shop.Services.Select(instance => Shop.Links.ToDatabase(instance).Partition())]).For("3s"))
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing, Promoted.Never)
            .RunAsync();

    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("network"), Category("failover")]
    public Task Primary_without_its_standbys_goes_on_alone_and_no_second_one_appears()
    {
        var primary = Database.Primary;
        return Hypothesis("a primary that clients reach and its standbys do not stays the only one, and takes orders again once it no longer waits for them")
            .Inject(Shop.Links.Replication(primary, Database.Standby).Partition(), Shop.Links.Replication(primary, Database.Replica).Partition())
            .ObserveAtLeast("6s")
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing, Promoted.Never)
            .RunAsync();
    }

    [Experiment(Rto = "5s", Rpo = "0 writes", Availability = "80%"), Category("nightly"), Category("network")]
    public Task Instance_whose_pool_is_full_of_stalled_connections_leaves_the_rotation()
    {
        var instance = ServiceIn("a");
        return Hypothesis("connections that stall use up the pool of an instance; it says that it is not ready, and recovers when they move again")
            .Inject((Shop.Links.ToDatabase(instance) with { Share = 0.7 }).Partition())
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing, Detected.By(HealthCheckOf(instance), "3s"))
            .RunAsync();
    }
}
