using ChaosHarness.Checkers.Recovery;

namespace Experiments.Cloud;

public sealed class LosingInstances : CloudExperiments
{
    [Experiment(Rto = "2m", Rpo = "0 writes", Availability = "95%"), Category("nightly"), Category("aws")]
    public async Task Half_of_the_instances_stop_and_customers_hardly_notice()
    {
        var half = Shop.Instances.Take(Shop.Capacity / 2).Select(instance => instance.Name).ToList();
        var result = await Hypothesis("with half of the instances stopped the others take the orders")
            .Inject(Fis("half-of-instances", half))
            .ObserveAtLeast(Here("100s"))
            .RunAsync();

        Assert.That(result.Find(new RecoveryChecker("capacity")).Interrupted, Is.True, "instances were missing");
    }

    [Experiment(Rto = "2m", Rpo = "0 writes", Availability = "95%"), Category("nightly"), Category("aws"), Category("scaling")]
    public async Task Terminated_instance_is_replaced_by_its_group()
    {
        var result = await Hypothesis("the Auto Scaling group brings a terminated instance back to full capacity by itself")
            .Inject(Fis("one-instance", Shop.Instances[0].Name))
            .ObserveAtLeast(Here("160s"))
            .Expect(Recovered.Of("capacity").Within("6m"))
            .RunAsync();

        var healing = result.Find(new RecoveryChecker("capacity"));
        Assert.That(healing.Interrupted, Is.True, $"capacity was missing: {healing}");
    }
}
