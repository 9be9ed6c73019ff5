namespace ChaosHarness.Safety;

/// <summary>
/// The order in which faults are undone: side by side, and newest first where they share a target. An older one waits for a newer one on its
/// target no longer than for so long: one that hangs must not keep the others from being undone.
/// </summary>
internal static class RevertOrder
{
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);

    /// <summary>Undoes faults. Those that wait for nobody have begun when this returns.</summary>
    /// <param name="newestFirst">What each of them hits.</param>
    /// <param name="revert">Undoes the one with that number; never throws.</param>
    /// <param name="time">Where time comes from.</param>
    public static Task<T[]> RunAsync<T>(IReadOnlyList<IReadOnlyList<string>> newestFirst, Func<int, Task<T>> revert, TimeProvider time)
    {
        var reverts = new Task<T>[newestFirst.Count];
        for (var i = 0; i < reverts.Length; i++)
        {
            var number = i;
            var newer = Enumerable.Range(0, i).Where(other => newestFirst[other].Intersect(newestFirst[number], StringComparer.Ordinal).Any()).Select(other => reverts[other]).ToList();
            reverts[i] = newer.Count == 0 ? revert(i) : AfterAsync(newer, number);
        }

        return Task.WhenAll(reverts);

        async Task<T> AfterAsync(List<Task<T>> newer, int number)
        {
            await Task.WhenAny(Task.WhenAll(newer), Task.Delay(LongestWait, time)).ConfigureAwait(false);
            return await revert(number).ConfigureAwait(false);
        }
    }
}
