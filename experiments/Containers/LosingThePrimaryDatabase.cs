using ChaosHarness.Containers;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Fixtures.Containers.OrderSystems;

namespace Experiments.Containers;

/// <summary>The same disaster as on processes and in a cloud, by its name: the scorecard has them side by side.</summary>
[Category("containers"), AllureFeature("Database"), AllureSeverity(SeverityLevel.critical)]
public sealed class LosingThePrimaryDatabase : ExperimentFixture
{
    private ContainerOrderSystem _shop = null!;
    private ContainerComponent _primary = null!;

    [SetUp]
    public async Task BringTheSystemUp()
    {
        _shop = await SharedContainers.GetAsync();
        _primary = _shop.Containers[(await _shop.PrimaryAsync())!];
    }

    [Experiment(Rto = "15s", Rpo = "0 writes", Timeout = "3m")]
    public Task Standby_takes_over_and_keeps_every_acknowledged_order()
    {
        var shop = _shop.Swept;
        return Experiment.Hypothesis("orders are accepted again soon after the container of the primary database is killed, and none is lost")
            .On(shop.UnderTest)
            .Workload(shop.Workloads)
            .Probe(shop.Probes)
            .SteadyState(shop.SteadyState)
            .Inject(_primary.Crash())
            .VerifyWithin("60s")
            .Expect(Lost.Nothing, Promoted.Once, Healed.ByItself)
            .RunAsync();
    }
}
