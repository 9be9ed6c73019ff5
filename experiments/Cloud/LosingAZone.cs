namespace Experiments.Cloud;

public sealed class LosingAZone : CloudExperiments
{
    [Experiment(Rto = "6m", Rpo = "0 writes"), Category("nightly"), Category("aws"), Category("failover")]
    public Task Zone_of_the_primary_is_lost_and_the_others_carry_on()
    {
        var zone = Shop.PrimaryZone;
        var hit = Shop.Instances.Where(instance => instance.Zone == zone).Select(instance => instance.Name).Append(Shop.DatabaseId).ToList();
        return Hypothesis("the loss of the zone with the primary database in it is over once the database was failed over, and loses no order")
            .Inject(Account.Experiment(Template("zone-outage", zone), hit))
            .VerifyAtLeast(Here("40s"))
            .Expect(Lost.Nothing)
            .RunAsync();
    }
}
