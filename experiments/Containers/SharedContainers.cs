using ChaosHarness.Fixtures.Containers.OrderSystems;

namespace Experiments.Containers;

/// <summary>One order system on containers for all experiments on it; a new one when the last experiment left it unwell.</summary>
[SetUpFixture]
public sealed class SharedContainers
{
    private const int Looks = 60;
    private const int InARow = 4;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private static ContainerOrderSystem? s_system;

    public static async Task<ContainerOrderSystem> GetAsync()
    {
        if (s_system is null || !await ComesToRestAsync(s_system))
        {
            await EndAsync();
            s_system = await ContainerOrderSystem.StartAsync();
            await TestContext.Out.WriteLineAsync($"The system on containers was up after {s_system.Warmup.TotalSeconds:0.0} s.");
            // On a busy machine a standby may fall out of step once more, when all services begin at once.
            await ComesToRestAsync(s_system);
        }

        return s_system;
    }

    // What an experiment left on its way, such as a standby that is copied anew, arrives sooner than another system is up.
    private static async Task<bool> ComesToRestAsync(ContainerOrderSystem system)
    {
        var well = 0;
        for (var look = 0; look < Looks && well < InARow; look++)
        {
            well = await system.IsWellAsync() ? well + 1 : 0;
            await Task.Delay(Pause);
        }

        return well == InARow;
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
