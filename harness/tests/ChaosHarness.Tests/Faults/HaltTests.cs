using System.Collections.Concurrent;
using System.Diagnostics;

namespace ChaosHarness.Tests.Faults;

/// <summary>A halt on real threads and the real clock. The limits are far above what is reached, and far below what hangs.</summary>
public sealed class HaltTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Of_twenty_faults_of_which_five_never_return_all_begin_to_be_undone_fifteen_are_and_the_five_are_named()
    {
        using var never = new ManualResetEventSlim();
        await using var place = new InjectionPlace(TimeProvider.System);
        var (began, undone) = (new ConcurrentBag<int>(), new ConcurrentBag<int>());
        for (var i = 0; i < 20; i++)
        {
            var number = i;
            await place.InjectAsync(new TestFault($"fault {number}", $"target {number}")
            {
                Revert = _ =>
                {
                    began.Add(number);
                    if (number < 5)
                    {
                        never.Wait(CancellationToken.None);
                    }

                    undone.Add(number);
                    return ValueTask.CompletedTask;
                },
            });
        }

        var watch = Stopwatch.StartNew();
        place.Lever.Halt("enough");
        await UntilAsync(() => undone.Count == 15 && began.Count == 20 && place.Lever.StillOpen().Count == 5, watch);

        Assert.That(place.Lever.StillOpen(), Is.EqualTo(Enumerable.Range(0, 5).Select(number => $"'fault {number}'")));
        never.Set();
        Assert.That(await place.RevertAllAsync(), Is.Empty);
    }

    [Test]
    public async Task Reverts_begin_while_every_thread_of_the_pool_is_blocked()
    {
        using var release = new ManualResetEventSlim();
        await using var place = new InjectionPlace(TimeProvider.System);
        var began = new CountdownEvent(20);
        for (var i = 0; i < 20; i++)
        {
            await place.InjectAsync(new TestFault($"fault {i}", $"target {i}")
            {
                Revert = _ =>
                {
                    began.Signal();
                    return ValueTask.CompletedTask;
                },
            });
        }

        ThreadPool.GetMinThreads(out var floor, out _);
        var blockers = Enumerable.Range(0, floor + 100).Select(_ => Task.Run(() => release.Wait(CancellationToken.None))).ToList();
        var halting = new Thread(() => place.Lever.Halt("enough"));
        halting.Start();
        var all = began.Wait(Limit);
        release.Set();
        await Task.WhenAll(blockers);
        halting.Join();

        Assert.That(all, Is.True);
        Assert.That(await place.RevertAllAsync(), Is.Empty);
    }

    [Test]
    public async Task An_injection_that_hangs_is_undone_with_the_others()
    {
        using var never = new ManualResetEventSlim();
        await using var place = new InjectionPlace(TimeProvider.System);
        var deaf = place.Break("deaf");
        var began = new TaskCompletionSource();
        deaf.Apply = _ => { began.SetResult(); never.Wait(CancellationToken.None); return ValueTask.CompletedTask; };
        await place.InjectAsync(place.Break("a"));
        var injecting = place.InjectAsync(deaf, place.Lever.Token);
        await began.Task;
        var watch = Stopwatch.StartNew();
        place.Lever.Halt("enough");
        await UntilAsync(() => place.Calls.Contains("-a") && place.Calls.Contains("-deaf"), watch);
        never.Set();

        Assert.That(() => injecting, Throws.Exception);
    }

    private static async Task UntilAsync(Func<bool> reached, Stopwatch watch)
    {
        while (!reached())
        {
            Assert.That(watch.Elapsed, Is.LessThan(Limit));
            await Task.Delay(1);
        }
    }
}
