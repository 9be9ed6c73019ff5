using System.Diagnostics;
using ChaosHarness.Calls;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Safety;

public sealed class StopWatcherTests
{
    private readonly FakeTimeProvider _time = new();
    private HaltLever _lever = null!;

    [SetUp]
    public void Begin() => _lever = new HaltLever(CancellationToken.None);

    [TearDown]
    public void End() => _lever.Dispose();

    [Test]
    public async Task A_reason_halts_and_is_told()
    {
        await WatchAsync(1, new StopCheck("alarm", _ => ValueTask.FromResult<string?>("the alarm fires")));

        Assert.That(_lever.Reason, Is.EqualTo("the alarm fires"));
    }

    [Test]
    public async Task None_halts_nothing_and_is_asked_four_times_a_second()
    {
        var asked = 0;
        await WatchAsync(10, new StopCheck("alarm", _ => { asked++; return ValueTask.FromResult<string?>(null); }));

        Assert.That(_lever.Reason, Is.Null);
        Assert.That(asked, Is.InRange(35, 42));
    }

    [Test]
    public async Task One_that_cannot_be_evaluated_three_times_running_halts()
    {
        var asked = 0;
        await WatchAsync(5, new StopCheck("alarm", _ => { asked++; throw new InvalidOperationException("blind"); }));

        Assert.That(_lever.Reason, Is.EqualTo("a stop condition could not be evaluated 3 times running: 'alarm': stop condition failed: blind"));
        Assert.That(asked, Is.EqualTo(3));
    }

    [Test]
    public async Task One_that_fails_now_and_then_does_not()
    {
        var asked = 0;
        await WatchAsync(5, new StopCheck("alarm", _ => ++asked % 3 != 0 ? throw new InvalidOperationException("blinks") : ValueTask.FromResult<string?>(null)));

        Assert.That(_lever.Reason, Is.Null);
        Assert.That(asked, Is.GreaterThan(10));
    }

    [Test]
    public async Task One_that_never_returns_halts_and_keeps_no_other_from_being_asked()
    {
        var asked = 0;
        await WatchAsync(
            20,
            new StopCheck("deaf", _ => new ValueTask<string?>(new TaskCompletionSource<string?>().Task)),
            new StopCheck("alarm", _ => { asked++; return ValueTask.FromResult<string?>(null); }));

        Assert.That(_lever.Reason, Is.EqualTo("a stop condition could not be evaluated 3 times running: 'deaf': stop condition did not answer within 5s"));
        Assert.That(asked, Is.GreaterThan(40));
    }

    [Test]
    public async Task The_halt_file_halts_within_a_tenth_of_a_second_while_a_condition_blocks_its_thread()
    {
        using var never = new ManualResetEventSlim();
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        using var stop = new CancellationTokenSource();
        var blocking = new StopCheck("deaf", _ => { never.Wait(CancellationToken.None); return ValueTask.FromResult<string?>(null); });
        var watching = new StopWatcher(new RunClock(TimeProvider.System), _lever, [blocking], file, new CallLimits().StopCondition).RunAsync(stop.Token);
        await Task.Delay(50);
        Assert.That(_lever.Reason, Is.Null);

        var watch = Stopwatch.StartNew();
        await File.WriteAllTextAsync(file, "");
        var halted = new TaskCompletionSource();
        _lever.OnHalt(halted.SetResult);
        await halted.Task.WaitAsync(TimeSpan.FromSeconds(30));
        var took = watch.Elapsed;
        File.Delete(file);
        never.Set();
        await stop.CancelAsync();
        await watching;

        Assert.That(_lever.Reason, Is.EqualTo($"the halt file '{file}' exists"));
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(2)), "100 ms, and what a busy machine adds");
    }

    [Test]
    public async Task The_halt_file_is_looked_at_ten_times_a_second()
    {
        var file = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N"));
        var watching = StartAsync(file, out var stop);
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(1), _time), 10);
        await File.WriteAllTextAsync(file, "");
        await _time.UntilAsync(Task.Delay(TimeSpan.FromMilliseconds(110), _time), 10);
        var reason = _lever.Reason;
        File.Delete(file);
        await stop.CancelAsync();
        await watching;
        stop.Dispose();

        Assert.That(reason, Is.Not.Null);
    }

    private Task StartAsync(string? file, out CancellationTokenSource stop, params StopCheck[] checks)
    {
        stop = new CancellationTokenSource();
        return new StopWatcher(new RunClock(_time), _lever, checks, file, new CallLimits().StopCondition).RunAsync(stop.Token);
    }

    private async Task WatchAsync(double seconds, params StopCheck[] checks)
    {
        var watching = StartAsync(null, out var stop, checks);
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(seconds), _time), 25);
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }
}
