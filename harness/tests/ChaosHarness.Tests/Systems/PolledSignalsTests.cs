using ChaosHarness.Systems;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Systems;

public sealed class PolledSignalsTests
{
    private readonly List<Signal> _heard = [];
    private FakeTimeProvider _time = null!;
    private long _start;

    [SetUp]
    public void Begin()
    {
        _heard.Clear();
        _time = new FakeTimeProvider();
        _start = _time.GetTimestamp();
    }

    [Test]
    public async Task A_change_lies_between_the_look_before_it_and_the_one_that_saw_it()
    {
        var state = "up";
        using var listening = Polled(_ => Task.FromResult(state)).Subscribe(_heard.Add);
        await PassAsync(1050);
        var changed = _time.GetTimestamp();
        state = "down";
        await PassAsync(300);

        var signal = _heard.Single();
        Assert.That((signal.Source, signal.Kind, signal.Detail), Is.EqualTo(("health", SignalKind.Detected, "down")));
        Assert.That(signal.NotBefore, Is.LessThanOrEqualTo(changed));
        Assert.That(signal.Timestamp, Is.GreaterThanOrEqualTo(changed));
        Assert.That(Milliseconds(signal.Timestamp) - Milliseconds(signal.NotBefore!.Value), Is.InRange(90, 200), "a period, and what this machine needed to begin");
        state = "up";
        await PassAsync(300);
        Assert.That(_heard[^1].Kind, Is.EqualTo(SignalKind.Recovered));
    }

    [Test]
    public async Task What_is_as_it_was_is_no_signal_and_what_was_wrong_from_the_first_is_one()
    {
        using (Polled(_ => Task.FromResult("up")).Subscribe(_heard.Add))
        {
            await PassAsync(1000);
        }

        Assert.That(_heard, Is.Empty);
        using var listening = Polled(_ => Task.FromResult("down")).Subscribe(_heard.Add);
        await PassAsync(1000);
        Assert.That(_heard.Single() is { Kind: SignalKind.Detected, NotBefore: null });
    }

    [TestCase("throws")]
    [TestCase("hangs")]
    [TestCase("ignores its token")]
    public async Task A_look_that_fails_says_nothing_and_makes_the_bounds_wider(string how)
    {
        var (state, fails) = ("up", false);
        using var listening = Polled(LookAsync).Subscribe(_heard.Add);
        await PassAsync(1000);
        fails = true;
        await PassAsync(500);
        (state, fails) = ("down", false);
        await PassAsync(2500);

        var signal = _heard.Single();
        Assert.That(Milliseconds(signal.NotBefore!.Value), Is.InRange(850, 1000), "the last look that succeeded");
        Assert.That(Milliseconds(signal.Timestamp), Is.GreaterThanOrEqualTo(1500));

        Task<string> LookAsync(CancellationToken cancellationToken) => (fails, how) switch
        {
            (false, _) => Task.FromResult(state),
            (_, "throws") => throw new HttpRequestException("no"),
            (_, "hangs") => NeverAsync(cancellationToken),
            _ => NeverAsync(CancellationToken.None),
        };
    }

    [Test]
    public async Task Without_a_word_on_what_is_wrong_a_change_is_only_noted()
    {
        var state = "one";
        using var listening = new PolledSignals("leader", _ => Task.FromResult(state)) { Time = _time }.Subscribe(_heard.Add);
        await PassAsync(300);
        state = "two";
        await PassAsync(300);

        Assert.That(_heard.Single(), Is.EqualTo(new Signal(_heard[0].Timestamp, "leader", SignalKind.Noted, "two") { NotBefore = _heard[0].NotBefore }));
    }

    [Test]
    public async Task Between_two_states_that_are_both_wrong_nothing_is_detected_again()
    {
        var state = "up";
        using var listening = Polled(_ => Task.FromResult(state)).Subscribe(_heard.Add);
        foreach (var next in new[] { "up", "down", "gone", "up" })
        {
            state = next;
            await PassAsync(300);
        }

        Assert.That(_heard.Select(signal => signal.Kind), Is.EqualTo(new[] { SignalKind.Detected, SignalKind.Noted, SignalKind.Recovered }));
    }

    [Test]
    public async Task None_comes_after_the_end()
    {
        var looks = 0;
        Polled(_ => Task.FromResult(looks++ % 2 == 0 ? "up" : "down")).Subscribe(_heard.Add).Dispose();
        await PassAsync(1000);

        Assert.That(_heard, Is.Empty);
        Assert.That(looks, Is.LessThanOrEqualTo(1));
    }

    private static async Task<string> NeverAsync(CancellationToken cancellationToken)
    {
        await Task.Delay(Timeout.Infinite, cancellationToken);
        return "";
    }

    private PolledSignals Polled(Func<CancellationToken, Task<string>> look) => new("health", look) { Time = _time, IsWrong = state => state != "up", Timeout = TimeSpan.FromSeconds(1) };

    private async Task PassAsync(int milliseconds)
    {
        await FakeTime.SettleAsync();
        for (var passed = 0; passed < milliseconds; passed += 10)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            await FakeTime.SettleAsync();
        }
    }

    private int Milliseconds(long timestamp) => (int)_time.GetElapsedTime(_start, timestamp).TotalMilliseconds;
}
