using ChaosHarness.Checkers.Writes;
using ChaosHarness.Fixtures.Nginx;

namespace Experiments.Clusters;

[AllureFeature("nginx"), AllureSeverity(SeverityLevel.normal)]
public sealed class SendingAgain : ExperimentFixture
{
    [Experiment(Rto = "10s", Rpo = "0 writes", Availability = "80%"), Category("clusters")]
    public async Task Nginx_sends_nothing_again_that_may_have_happened()
    {
        var result = await FreezeAsync(new BalancerOptions());

        Assert.That(result, Lost.Nothing);
    }

    [Experiment(Rto = "10s", Rpo = "0 writes", Availability = "80%"), Category("clusters")]
    public async Task Nginx_that_is_told_to_does_things_twice()
    {
        var result = await FreezeAsync(new BalancerOptions { NextUpstream = "error timeout non_idempotent" });

        // What the frozen instance had been sent it does when it goes on, and another has done it by then.
        Assert.That(result.Find(new LossChecker()).Duplicated, Is.GreaterThan(0));
    }

    private static async Task<ExperimentResult> FreezeAsync(BalancerOptions options)
    {
        var service = await SharedCluster.GetAsync(options, () => BalancedService.StartAsync(options));
        return await service.Hypothesis("an instance that hangs is left out soon, and what was sent to it is done once or not at all")
            .Inject(((Schedule)(await service.LeaderAsync()).Freeze()).For("5s"))
            .RunAsync();
    }
}
