using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Toxiproxy.Faults;

namespace Experiments.Networks;

[AllureFeature("Network"), AllureSeverity(SeverityLevel.normal)]
public sealed class UnreliableLinks : OrderSystemExperiments
{
    [Experiment(Rto = "1s", Rpo = "0 writes", Availability = "99%"), Category("nightly"), Category("network"), Category("dependencies")]
    public Task Breaker_does_not_flap_with_a_link_that_does()
    {
        var instance = ServiceIn("c");
        var breaker = Breaker.Named($"{instance.Component.Name}/recommendations");

        // The link changes 24 times in 6 seconds; a breaker that tries once a second changes at most twice a second.
        return Hypothesis("a link that comes and goes opens the breaker; it tries once a second, and does not follow every change")
            .Inject(Shop.Links.ToRecommendations(instance).Flap(down: "300ms", up: "200ms", PartitionStyle.Reset))
            .ObserveAtLeast("6s")
            .VerifyAtLeast("4s")
            .Expect(breaker.OpenedWithin("4s"), breaker.ChangedAtMost(14), breaker.ClosedWithin("4s"))
            .RunAsync();
    }

    [Experiment(Rto = "8s", Rpo = "0 writes", Availability = "40%"), Category("nightly"), Category("network")]
    public async Task Answer_that_is_cut_short_is_a_failure_and_never_a_success()
    {
        // The head of an answer is about as long: the cut falls into its body.
        var result = await Hypothesis("a customer who got half an answer knows that it failed; no order that was acknowledged is missing")
            .Inject(Shop.Links.ToInstance(ServiceIn("a")).LimitData(bytes: 200).For("3s"))
            .VerifyAtLeast("2s")
            .Expect(Lost.Nothing)
            .RunAsync();

        var failures = result.History.Of("orders").Where(operation => !operation.IsGood && operation.Detail is not null).ToList();
        Assert.That(failures, Is.Not.Empty, "some answers were cut");
        Assert.That(failures.Where(failure => failure.Detail == OrderTraffic.TruncatedSuccess), Is.Empty, "none passed for a whole one");
    }
}
