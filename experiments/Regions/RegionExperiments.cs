using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Checkers.Writes;
using ChaosHarness.Fixtures.Aws.Regions;
using ChaosHarness.Fixtures.OrderSystems;

namespace Experiments.Regions;

/// <summary>What the experiments on regions share: the system in two regions of a local cloud, brought back to where it began before each.</summary>
[AllureFeature("Regions"), AllureSeverity(SeverityLevel.critical)]
public abstract class RegionExperiments : ExperimentFixture
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static RegionalOrderSystem? s_shop;
    private OrderTraffic? _orders;

    protected static RegionalOrderSystem Shop => s_shop!;

    protected OrderTraffic Orders => _orders!;

    [SetUp]
    public async Task BringTheSystemUp()
    {
        using var limit = new CancellationTokenSource(Patience);
        s_shop ??= await RegionalOrderSystem.StartAsync(cancellationToken: limit.Token);
        await Shop.RestoreAsync(limit.Token);
        _orders = Shop.Customers();
    }

    [TearDown]
    public void LetGo() => _orders?.Dispose();

    /// <summary>Ends the system that all of them share.</summary>
    internal static async Task EndAsync()
    {
        if (s_shop is { } shop)
        {
            s_shop = null;
            await shop.DisposeAsync();
        }
    }

    /// <summary>Says what was measured, and that no order was taken by two regions.</summary>
    protected static void Report(ExperimentResult result)
    {
        var (recovery, loss) = (result.Find(new RecoveryChecker()), result.Find(new LossChecker()));
        TestContext.Out.WriteLine($"RTA {recovery}; RPA {loss}; the replica was {Shop.Failover.LagAtPromotion?.TotalSeconds:0.00} s behind when that was asked.");
        Assert.That(loss.Diverged, Is.Zero, "no order was taken by a region that was not the active one");
    }

    /// <summary>Begins an experiment under 40 orders a second. Customers wait up to five seconds, which a planned move from one region to the other may take.</summary>
    protected ExperimentBuilder Hypothesis(string statement, OrderTraffic? customers = null) => Experiment.Hypothesis(statement)
        .On(Shop.UnderTest)
        .Workload((customers ?? Orders).Place(perSecond: 40).SlowAfter("5s").TimeoutAfter("8s"))
        .SteadyState((customers ?? Orders).SuccessRate.AtLeast(0.99), (customers ?? Orders).Latency.Percentile(99).AtMost("2s"))
        .VerifyWithin("60s");
}
