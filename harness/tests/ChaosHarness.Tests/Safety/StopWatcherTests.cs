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
        await WatchAsync(1, new StopCheck("alarm", _ => ValueTask.FromResult(new StopReading("the alarm fires"))));

        Assert.That(_lever.Reason, Is.EqualTo("the alarm fires"));
    }

    [Test]
    public async Task None_halts_nothing_and_is_asked_four_times_a_second()
    {
        var asked = 0;
        await WatchAsync(10, new StopCheck("alarm", _ => { asked++; return ValueTask.FromResult(new StopReading()); }));

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
        await WatchAsync(5, new StopCheck("alarm", _ => ++asked % 3 != 0 ? throw new InvalidOperationException("blinks") : ValueTask.FromResult(new StopReading())));

        Assert.That(_lever.Reason, Is.Null);
        Assert.That(asked, Is.GreaterThan(10));
    }

    [Test]
    public async Task One_that_never_returns_halts_and_keeps_no_other_from_being_asked()
    {
        var asked = 0;
        await WatchAsync(
            20,
            new StopCheck("deaf", _ => new ValueTask<StopReading>(new TaskCompletionSource<StopReading>().Task)),
            new StopCheck("alarm", _ => { asked++; return ValueTask.FromResult(new StopReading()); }));

        Assert.That(_lever.Reason, Is.EqualTo("a stop condition could not be evaluated 3 times running: 'deaf': stop condition did not answer within 5s"));
        Assert.That(asked, Is.GreaterThan(40));
    }

    private Task StartAsync(out CancellationTokenSource stop, params StopCheck[] checks)
    {
        stop = new CancellationTokenSource();
        return new StopWatcher(new RunClock(_time), _lever, checks, new CallLimits().StopCondition).RunAsync(stop.Token);
    }

    private async Task WatchAsync(double seconds, params StopCheck[] checks)
    {
        var watching = StartAsync(out var stop, checks);
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(seconds), _time), 25);
        await stop.CancelAsync();
        await watching;
        stop.Dispose();
    }
}
