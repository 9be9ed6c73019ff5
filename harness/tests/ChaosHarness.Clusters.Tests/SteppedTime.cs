using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Clusters.Tests;

/// <summary>Fake time for something that looks, sleeps, and looks again: it passes only while that sleeps, so that a look is never given up for a busy machine.</summary>
internal sealed class SteppedTime : FakeTimeProvider, IDisposable
{
    // Longer is no sleep between two looks, but the time that one may take.
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim _asleep = new(0);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = base.CreateTimer(callback, state, dueTime, period);
        if (dueTime <= LongestSleep)
        {
            _asleep.Release();
        }

        return timer;
    }

    /// <summary>Waits until it sleeps after a look, then wakes it.</summary>
    public async Task NextAsync()
    {
        await AsleepAsync();
        Advance(LongestSleep);
    }

    /// <summary>Waits until it sleeps after a look.</summary>
    public async Task AsleepAsync() => Assert.That(await _asleep.WaitAsync(Limit), Is.True, "it sleeps between two looks");

    public void Dispose() => _asleep.Dispose();
}
