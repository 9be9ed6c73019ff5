using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Fixtures.Postgres;

namespace Experiments;

/// <summary>What the experiments on the order system share: the system, and what normal means for it.</summary>
public abstract class OrderSystemExperiments : ExperimentFixture
{
    private OrderSystem? _shop;

    protected virtual OrderSystemOptions Options => new();

    protected OrderSystem Shop => _shop!;

    protected OrderTraffic Orders => Shop.Orders;

    protected PostgresCluster Database => Shop.Database;

    [SetUp]
    public async Task BringTheSystemUp() => _shop = await SharedOrderSystem.GetAsync(Options);

    /// <summary>Begins an experiment under 200 orders a second, with the steady state that all of them share.</summary>
    protected ExperimentBuilder Hypothesis(string statement) => Experiment.Hypothesis(statement)
        .On(Shop.UnderTest)
        .Workload(Orders.Place(perSecond: 200))
        .Probe(Database.Redundancy())
        .SteadyState(
            Orders.SuccessRate.AtLeast(0.999),
            Orders.Latency.Percentile(99).AtMost("250ms"),
            new SuccessRate("redundancy").AtLeast(1));

    /// <summary>The instance of the order service that runs in a zone.</summary>
    protected IProcessComponent ServiceIn(string zone) => Shop.Services.Single(service => service.Component.Zone == zone);

    /// <summary>The name of the load balancer's signals about an instance.</summary>
    protected static string HealthCheckOf(IProcessComponent instance) => "load balancer: " + instance.Component.Name;
}
