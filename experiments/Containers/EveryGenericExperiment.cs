using ChaosHarness.Fixtures.Containers.OrderSystems;

namespace Experiments.Containers;

/// <summary>Every component, zone and link of the order system on containers lost, hung, cut and slowed. Measured, and judged on lost writes alone.</summary>
[Category("containers")]
public sealed class EveryGenericExperiment : ExperimentFixture
{
    private ContainerOrderSystem? _shop;

    private static IEnumerable<TestCaseData> Cases => ContainerOrderSystem.GenericCases.Select(@case => new TestCaseData(@case).SetName($"Orders survive it: {@case}"));

    [SetUp]
    public async Task BringTheSystemUp() => _shop = await SharedContainers.GetAsync();

    [Experiment(Rpo = "0 writes", Timeout = "3m"), TestCaseSource(nameof(Cases))]
    public Task No_acknowledged_order_is_lost(SweepCase @case) => _shop!.Swept.Experiment(@case).RunAsync();
}
