using ChaosHarness.Fixtures.OrderSystems;

namespace Experiments;

/// <summary>One running order system for all experiments that want the same; a new one when the last experiment left it unwell.</summary>
[SetUpFixture]
public sealed class SharedOrderSystem
{
    private static OrderSystem? s_system;
    private static OrderSystemOptions? s_options;

    public static async Task<OrderSystem> GetAsync(OrderSystemOptions options)
    {
        if (s_system is null || s_options != options || !await s_system.IsWellAsync())
        {
            await EndAsync();
            s_system = await OrderSystem.StartAsync(options);
            s_options = options;
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
