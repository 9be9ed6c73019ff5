using ChaosHarness.Calls;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Calls;

public sealed class PoolCanaryTests
{
    [Test]
    public async Task A_pool_that_runs_at_once_is_not_late()
    {
        var time = new FakeTimeProvider();
        var canary = new PoolCanary(new RunClock(time));
        using var stop = new CancellationTokenSource();
        var running = canary.RunAsync(stop.Token);
        await time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(1), time), 10);
        await stop.CancelAsync();
        await running;

        Assert.That(canary.Worst, Is.LessThan(TimeSpan.FromMilliseconds(100)));
        Assert.That(canary.Problem, Is.Null);
    }

    [Test]
    public async Task A_pool_whose_threads_are_blocked_is_late_and_by_how_much_is_told_before_it_runs_again()
    {
        ThreadPool.GetMinThreads(out var floor, out _);
        using var release = new ManualResetEventSlim();
        // Far more than the pool grows to within the time that is looked at.
        var blockers = Enumerable.Range(0, floor + 60).Select(_ => Task.Run(() => release.Wait(CancellationToken.None))).ToList();
        var canary = new PoolCanary(new RunClock(TimeProvider.System));
        using var stop = new CancellationTokenSource();
        var running = canary.RunAsync(stop.Token);
        Thread.Sleep(600);
        var (worst, problem) = (canary.Worst, canary.Problem);
        release.Set();
        await Task.WhenAll(blockers);
        await stop.CancelAsync();
        await running;

        Assert.That(worst, Is.GreaterThan(TimeSpan.FromMilliseconds(200)));
        Assert.That(problem, Does.Contain("was late by").And.Contain("blocks its threads"));
        Assert.That(canary.Worst, Is.GreaterThanOrEqualTo(worst), "what was late stays so");
    }
}
