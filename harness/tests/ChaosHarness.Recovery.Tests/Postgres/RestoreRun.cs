using ChaosHarness.Checkers.Restores;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>A restore without an experiment around it.</summary>
internal static class RestoreRun
{
    public static async Task<RestoreOutcome> OfAsync(HostRestore restore, PostgresPlace place)
    {
        var clock = new RunClock(TimeProvider.System);
        var history = new HistoryWriter(clock);
        var look = await restore.LookAsync(default);
        Assert.That(look.Obstacle, Is.Null);
        var recipe = await restore.PlanRevertAsync(default);
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await ((Restore)restore).ApplyAsync(recipe, clock, history, limit.Token);
        await restore.RevertAsync(recipe, default);
        Assert.That(Path.Exists(place.Folder), Is.False, "the copy is thrown away");
        return new RestoreChecker().Check(history.LookAtAll()).Restores.Single();
    }
}
