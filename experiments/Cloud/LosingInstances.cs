namespace Experiments.Cloud;

public sealed class LosingInstances : CloudExperiments
{
    [Experiment(Rto = "5s", Rpo = "0 writes", Availability = "95%"), Category("nightly"), Category("aws")]
    public async Task Half_of_the_instances_stop_and_customers_hardly_notice(CancellationToken halt)
    {
        var half = Shop.Instances.Take(Shop.Capacity / 2).Select(instance => instance.Name).ToList();
        var result = await Hypothesis("with half of the instances stopped the others take the orders")
            .Inject(Fis("half-of-instances", half))
            .ObserveAtLeast("5s")
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.Available(0.95));
        Assert.That(RecoveryOf(result, "capacity").Interrupted, Is.True, "instances were missing");
    }

    [Experiment(Rto = "5s", Rpo = "0 writes", Availability = "95%"), Category("nightly"), Category("aws"), Category("scaling")]
    public async Task Terminated_instance_is_replaced_by_its_group(CancellationToken halt)
    {
        var result = await Hypothesis("the Auto Scaling group brings a terminated instance back to full capacity by itself")
            .Inject(Fis("one-instance", Shop.Instances[0].Name))
            .ObserveAtLeast("8s")
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.Available(0.95));
        var healing = RecoveryOf(result, "capacity");
        Assert.That(healing.Interrupted && healing.Recovered, Is.True, $"capacity was missing, and came back: {healing}");
        TestContext.Out.WriteLine($"MTTR: full capacity again after {healing}.");
    }
}
