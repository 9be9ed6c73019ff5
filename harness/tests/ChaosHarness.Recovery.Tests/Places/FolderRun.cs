using ChaosHarness.Checkers.Restores;
using ChaosHarness.Faults.Restores;
using ChaosHarness.Histories;
using ChaosHarness.Recovery.Places;
using ChaosHarness.Timing;

namespace ChaosHarness.Recovery.Tests.Places;

/// <summary>A restore to a folder, without an experiment around it: afterwards nothing of it is there, and nothing runs in it.</summary>
internal static class FolderRun
{
    public static async Task<RestoreOutcome> OfAsync(FolderRestore restore, Action<HistoryWriter>? beforehand = null)
    {
        var clock = new RunClock(TimeProvider.System);
        var history = new HistoryWriter(clock);
        beforehand?.Invoke(history);
        Assert.That((await restore.LookAsync(default)).Obstacle, Is.Null);
        var recipe = await restore.PlanRevertAsync(default);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(90));
        await ((Restore)restore).ApplyAsync(recipe, clock, history, limit.Token);
        await restore.RevertAsync(recipe, default);
        Assert.That(Path.Exists(restore.Folder), Is.False, "the copy is thrown away");
        Assert.That(WorkingIn(restore.Folder), Is.Empty, "nothing of it runs");
        return new RestoreChecker().Check(history.LookAtAll()).Restores.Single();
    }

    private static IEnumerable<string> WorkingIn(string folder) => Directory.EnumerateDirectories("/proc").Where(process =>
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
