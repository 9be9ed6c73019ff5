namespace Experiments.Services;

[AllureFeature("Order service"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingServiceInstances : OrderSystemExperiments
{
    [Experiment(Rto = "3s", Rpo = "0 writes", Availability = "98%"), Category("nightly"), Category("services")]
    public Task One_instance_dies_and_customers_hardly_notice()
    {
        var instance = ServiceIn("b");
        return Hypothesis("the load balancer takes a dead instance out of rotation, and puts it back when it lives again")
            .Inject(instance.Crash())
            .VerifyAtLeast("2s")
            .Expect(Detected.By(HealthCheckOf(instance), "2s"), Detected.AndReinstatedBy(HealthCheckOf(instance), "5s"))
            .RunAsync();
    }

    [Experiment(Rto = "10s", Rpo = "0 writes"), Category("nightly"), Category("services"), Category("failover")]
    public Task Zone_of_the_primary_is_lost_and_the_others_carry_on()
    {
        var zone = Database.Primary.Component.Zone!;
        return Hypothesis("the loss of a whole zone, with the primary database in it, loses no order")
            .Inject(Shop.LoseZone(zone))
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing, Detected.AndReinstatedBy(HealthCheckOf(ServiceIn(zone)), "10s"))
            .RunAsync();
    }

    [Experiment(Rto = "3s", Rpo = "0 writes", Availability = "98%"), Category("nightly"), Category("services")]
    public Task Instance_that_cannot_reach_the_database_leaves_the_rotation()
    {
        var instance = ServiceIn("c");
        return Hypothesis("an instance that the database refuses says that it is not ready, and the others take its orders")
            .Inject(Database.Refuse(instance.Component))
            .VerifyAtLeast("2s")
            .Expect(Detected.By(HealthCheckOf(instance), "2s"), Detected.AndReinstatedBy(HealthCheckOf(instance), "5s"))
            .RunAsync();
    }
}
