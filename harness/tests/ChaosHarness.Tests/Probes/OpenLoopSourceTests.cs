using ChaosHarness.Histories;
using ChaosHarness.Measurement;
using ChaosHarness.Probes;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Probes;

public sealed class OpenLoopSourceTests
{
    private readonly FakeTimeProvider _time = new();
    private RunClock _clock = null!;

    [SetUp]
    public void StartClock() => _clock = new RunClock(_time);

    [Test]
    public async Task Sends_on_schedule_however_slow_the_answers_are()
    {
        var observations = await RunAsync(Settings(), async (_, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), _time, token);
            return ProbeSample.Good;
        });

        Assert.That(observations.Select(observation => observation.Due.TotalMilliseconds), Is.EqualTo(Enumerable.Range(0, observations.Count).Select(k => 10.0 * k)));
        Assert.That(observations, Has.Count.InRange(95, 101));
        // The answers themselves come through the pool and may be a little late on its account.
        Assert.That(LatencySummary.Measure(observations)!.P50.TotalMilliseconds, Is.InRange(299, 310));
        Assert.That(observations.Select(observation => observation.Latency), Has.All.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(300)));
    }

    [Test]
    public async Task Slower_than_the_threshold_is_slow_even_when_it_succeeded()
    {
        var observations = await RunAsync(Settings() with { SlowThreshold = TimeSpan.FromMilliseconds(300) }, async (number, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(number % 2 == 0 ? 400 : 20), _time, token);
            return ProbeSample.Good;
        });

        Assert.That(observations.Where(observation => observation.Number % 2 == 0).Select(observation => observation.Verdict), Is.All.EqualTo(OperationVerdict.Slow));
        Assert.That(observations.Where(observation => observation.Number % 2 == 1).Select(observation => observation.Verdict), Is.All.EqualTo(OperationVerdict.Good));
    }

    [Test]
    public async Task A_sender_that_ignores_its_token_is_given_up_at_the_time_out()
    {
        var never = new TaskCompletionSource<ProbeSample>();
        var observations = await RunAsync(Settings(), (_, _) => new ValueTask<ProbeSample>(never.Task));

        Assert.That(observations, Is.Not.Empty);
        Assert.That(observations[0].Verdict, Is.EqualTo(OperationVerdict.Error));
        Assert.That(observations[0].Detail, Is.EqualTo("no answer within 500ms"));
        Assert.That(observations[0].Latency, Is.InRange(TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(600)));
    }

    [Test]
    public async Task Whatever_a_sender_throws_is_an_error_with_its_reason()
    {
        var observations = await RunAsync(Settings(), (number, _) => (number % 3) switch
        {
            0 => throw new HttpRequestException("outer", new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.ConnectionRefused)),
            1 => throw new HttpRequestException(HttpRequestError.NameResolutionError),
            _ => throw new InvalidOperationException("told"),
        });

        Assert.That(observations.Take(3).Select(observation => observation.Detail), Is.EqualTo(new[] { "ConnectionRefused", "NameResolutionError", "InvalidOperationException: told" }));
        Assert.That(observations.Select(observation => observation.Verdict), Is.All.EqualTo(OperationVerdict.Error));
    }

    [Test]
    public async Task What_could_not_be_sent_is_counted_as_not_sent()
    {
        var never = new TaskCompletionSource<ProbeSample>();
        var settings = new OpenLoopSettings("flood", 100_000, TimeSpan.FromSeconds(30), null);
        var source = new OpenLoopSource(_clock, settings, (_, _) => new ValueTask<ProbeSample>(never.Task));
        source.Start();
        _time.Advance(TimeSpan.FromMilliseconds(150));
        Assert.That(() => source.Log.Any(observation => observation.Verdict == OperationVerdict.NotSent && observation.Due >= TimeSpan.FromMilliseconds(149.9)), Is.True.After(20_000, 10));
        never.SetResult(ProbeSample.Good);
        await _time.UntilAsync(source.DisposeAsync().AsTask());

        var notSent = source.Log.Settled().Count(observation => observation.Verdict == OperationVerdict.NotSent);
        Assert.That(notSent, Is.InRange(5_000, 5_100));
        Assert.That(source.Log.Settled()[^1].Detail, Does.Contain("still under way"));
    }

    [Test]
    public async Task A_missed_schedule_is_reported_and_its_latency_counts_from_the_due_time()
    {
        var source = new OpenLoopSource(_clock, Settings(), (_, _) => ValueTask.FromResult(ProbeSample.Good));
        source.Start();
        // The whole machine stands still for 200 ms.
        _time.Advance(TimeSpan.FromMilliseconds(200));
        await FakeTime.SettleAsync();
        await _time.UntilAsync(source.DisposeAsync().AsTask());

        Assert.That(source.ScheduleKept.WorstLateness, Is.EqualTo(TimeSpan.FromMilliseconds(190)));
        Assert.That(source.ScheduleKept.SentLate, Is.EqualTo(18), "those more than one interval late");
        Assert.That(source.Log.Settled()[1].Latency, Is.EqualTo(TimeSpan.FromMilliseconds(190)));
    }

    private async Task<IReadOnlyList<Observation>> RunAsync(OpenLoopSettings settings, Func<long, CancellationToken, ValueTask<ProbeSample>> send)
    {
        var source = new OpenLoopSource(_clock, settings, send);
        source.Start();
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(1), _time));
        await _time.UntilAsync(source.DisposeAsync().AsTask());
        return source.Log.Settled();
    }

    private static OpenLoopSettings Settings() => new("probe", 100, TimeSpan.FromMilliseconds(500), null);
}
