using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Probes;

public sealed class OpenLoopClientTests
{
    private static readonly Answer Good = new(true);
    private readonly FakeTimeProvider _time = new();
    private RunClock _clock = null!;
    private HistoryWriter _history = null!;

    [SetUp]
    public void StartClock()
    {
        _clock = new RunClock(_time);
        _history = new HistoryWriter(_clock);
    }

    [Test]
    public async Task Sends_on_schedule_however_slow_the_answers_are()
    {
        var observations = await RunAsync(Settings(), async (_, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(300), _time, token);
            return Good;
        });

        Assert.That(observations.Select(observation => observation.Due.TotalMilliseconds), Is.EqualTo(Enumerable.Range(0, observations.Count).Select(k => 10.0 * k)));
        Assert.That(observations, Has.Count.InRange(95, 101));
        // The answers come through threads and may be a little late on their account.
        Assert.That(observations.Select(observation => observation.Latency!.Value.TotalMilliseconds).Order().ElementAt(observations.Count / 2), Is.InRange(299, 310));
        Assert.That(observations.Select(observation => observation.Latency), Has.All.GreaterThanOrEqualTo(TimeSpan.FromMilliseconds(300)));
    }

    [Test]
    public async Task Slower_than_the_threshold_is_slow_even_when_it_succeeded()
    {
        var observations = await RunAsync(Settings() with { SlowThreshold = TimeSpan.FromMilliseconds(300) }, async (number, token) =>
        {
            await Task.Delay(TimeSpan.FromMilliseconds(number % 2 == 0 ? 400 : 20), _time, token);
            return Good;
        });

        Assert.That(observations.Where(observation => observation.Number % 2 == 0).Select(observation => observation.Verdict), Is.All.EqualTo(OperationVerdict.Slow));
        Assert.That(observations.Where(observation => observation.Number % 2 == 1).Select(observation => observation.Verdict), Is.All.EqualTo(OperationVerdict.Good));
    }

    [Test]
    public async Task A_sender_that_ignores_its_token_is_given_up_at_the_time_out()
    {
        var never = new TaskCompletionSource<Answer>();
        var observations = await RunAsync(Settings(), (_, _) => new ValueTask<Answer>(never.Task));

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
        var never = new TaskCompletionSource<Answer>();
        var client = Client(new SourceSettings("flood", TimeSpan.FromSeconds(30)), 100_000, (_, _) => new ValueTask<Answer>(never.Task));
        client.Start();
        _time.Advance(TimeSpan.FromMilliseconds(150));
        await FakeTime.SettleAsync();
        Assert.That(() => NotSent().Count, Is.InRange(5_000, 5_100).After(20_000, 10));
        never.SetResult(Good);
        await _time.UntilAsync(client.CloseAsync(CancellationToken.None));

        Assert.That(NotSent(), Has.All.Matches<Operation>(operation => operation.Detail!.Contains("still under way", StringComparison.Ordinal) && operation.Invoked is null));

        List<Operation> NotSent() => [.. _history.Look().Of("flood").Where(operation => operation is { IsOpen: false, Verdict: OperationVerdict.NotSent })];
    }

    [Test]
    public async Task A_missed_schedule_is_reported_and_its_latency_counts_from_the_due_time()
    {
        var client = Client(Settings(), 100, (_, _) => ValueTask.FromResult(Good));
        client.Start();
        await FakeTime.SettleAsync();
        // The whole machine stands still for 200 ms.
        _time.Advance(TimeSpan.FromMilliseconds(200));
        await FakeTime.SettleAsync();
        await _time.UntilAsync(client.CloseAsync(CancellationToken.None));

        var operations = _history.Look().Of("probe");
        var kept = ScheduleKept.Of(operations);
        Assert.That(kept.WorstLateness, Is.EqualTo(TimeSpan.FromMilliseconds(190)));
        Assert.That(kept.SentLate, Is.EqualTo(18), "those more than one interval late");
        Assert.That(operations[1].Latency, Is.EqualTo(TimeSpan.FromMilliseconds(190)));
    }

    [Test]
    public async Task A_sender_that_blocks_its_thread_holds_up_no_other()
    {
        using var blocked = new ManualResetEventSlim();
        var history = new HistoryWriter(new RunClock(TimeProvider.System));
        var client = new OpenLoopClient(new RunClock(TimeProvider.System), history.Source(new SourceSettings("blocks", TimeSpan.FromSeconds(1)) { Interval = TimeSpan.FromMilliseconds(10) }), 100, (number, _) =>
        {
            if (number % 5 == 0)
            {
                blocked.Wait(TimeSpan.FromSeconds(30), CancellationToken.None);
            }

            return ValueTask.FromResult(Good);
        });
        client.Start();
        await Task.Delay(1_500);
        blocked.Set();
        await client.CloseAsync(CancellationToken.None);

        var operations = history.Look().Of("blocks").ToList();
        Assert.That(operations.Where(operation => operation.Number % 5 != 0).Select(operation => operation.Verdict), Is.All.EqualTo(OperationVerdict.Good));
        Assert.That(operations.Where(operation => operation.Number % 5 == 0).Take(5).Select(operation => operation.Detail), Is.All.EqualTo("no answer within 1s"));
        Assert.That(operations.Max(operation => operation.Invoked - operation.Due), Is.LessThan(TimeSpan.FromMilliseconds(500)));
    }

    private async Task<IReadOnlyList<Operation>> RunAsync(SourceSettings settings, Func<long, CancellationToken, ValueTask<Answer>> send)
    {
        var client = Client(settings, 100, send);
        client.Start();
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(1), _time));
        await _time.UntilAsync(client.CloseAsync(CancellationToken.None));
        return [.. _history.Look().Of(settings.Name)];
    }

    private OpenLoopClient Client(SourceSettings settings, double perSecond, Func<long, CancellationToken, ValueTask<Answer>> send) =>
        new(_clock, _history.Source(settings), perSecond, send);

    private static SourceSettings Settings() => new("probe", TimeSpan.FromMilliseconds(500)) { Interval = TimeSpan.FromMilliseconds(10) };
}
