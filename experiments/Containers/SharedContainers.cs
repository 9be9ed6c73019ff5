using ChaosHarness.Fixtures.Containers.OrderSystems;

namespace Experiments.Containers;

/// <summary>One order system on containers for all experiments on it; a new one when the last experiment left it unwell.</summary>
[SetUpFixture]
public sealed class SharedContainers
{
    private static ContainerOrderSystem? s_system;

    public static async Task<ContainerOrderSystem> GetAsync()
    {
        if (s_system is null || !await s_system.IsWellAsync())
        {
            await EndAsync();
            s_system = await ContainerOrderSystem.StartAsync();
            await TestContext.Out.WriteLineAsync($"The system on containers was up after {s_system.Warmup.TotalSeconds:0.0} s.");
        }

        return s_system;
    }

    [OneTimeTearDown]
    public static async Task EndAsync()
    {
        if (s_system is { } system)
        {
            s_system = null;
            await system.DisposeAsync();
        }
    }
}
