using System.Diagnostics;
using ChaosHarness.Calls;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Calls;

public sealed class RatedCallsTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(5);
    private readonly FakeTimeProvider _time = new();
    private Seen _seen = null!;
    private RatedCalls<int> _calls = null!;

    [SetUp]
    public void Begin()
    {
        _seen = new Seen();
        _calls = new RatedCalls<int>("orders", TimeOut, _time, _seen);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await _calls.CloseAsync(new CancellationToken(canceled: true));
        await _calls.DisposeAsync();
    }

    [Test]
    public async Task Each_is_begun_and_ended_once_with_what_came_back()
    {
        for (var i = 0; i < 100; i++)
        {
            var number = i;
            Assert.That(_calls.Send(number, _ => number % 2 == 0 ? ValueTask.FromResult(number) : throw new InvalidOperationException("odd")), Is.Null);
        }

        await _calls.CloseAsync(CancellationToken.None).WaitAsync(Limit);

        Assert.That(_seen.Begins, Is.EquivalentTo(Enumerable.Range(0, 100)));
        Assert.That(_seen.Ends.Select(end => (end.Number, end.End, end.Value)), Is.EquivalentTo(Enumerable.Range(0, 100).Select(number => ((long)number, number % 2 == 0 ? CallEnd.Completed : CallEnd.Threw, number % 2 == 0 ? number : 0))));
    }

    [Test]
    public void Sending_runs_nothing_of_the_call()
    {
        using var never = new ManualResetEventSlim();
        var watch = Stopwatch.StartNew();
        for (var i = 0; i < 10; i++)
        {
            _calls.Send(i, _ => Block(never));
        }

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        never.Set();
    }

    [Test]
    public async Task Those_that_block_get_one_thread_after_another_and_all_are_begun()
    {
        using var never = new ManualResetEventSlim();
        for (var i = 0; i < 60; i++)
        {
            Assert.That(_calls.Send(i, _ => Block(never)), Is.Null);
        }

        await _seen.BegunAsync(60);
        Assert.That(_calls.Threads, Is.EqualTo(60));
        never.Set();
    }

    [Test]
    public async Task With_all_threads_blocked_it_refuses_and_says_why_and_goes_on_once_they_are_free()
    {
        using var never = new ManualResetEventSlim();
        string? refusal = null;
        for (var i = 0; refusal is null; i++)
        {
            refusal = _calls.Send(i, _ => Block(never));
            await _seen.BegunAsync(Math.Min(i + 1, RatedCalls<int>.MostThreads));
        }

        Assert.That(refusal, Is.EqualTo("256 requests block their threads"));
        Assert.That(_calls.Threads, Is.EqualTo(256));
        never.Set();
        await _seen.EndedAsync(257);
        Assert.That(_calls.Send(1000, _ => ValueTask.FromResult(1)), Is.Null);
        await _seen.EndedAsync(258);
    }

    [Test]
    public async Task Those_without_an_answer_expire_in_the_order_of_sending_and_a_late_answer_is_not_told()
    {
        var late = new TaskCompletionSource<int>();
        _calls.Send(0, _ => new ValueTask<int>(late.Task));
        await FakeTime.SettleAsync();
        _time.Advance(TimeSpan.FromSeconds(2));
        _calls.Send(1, _ => new ValueTask<int>(new TaskCompletionSource<int>().Task));
        _calls.Send(2, _ => ValueTask.FromResult(9));
        await FakeTime.SettleAsync();
        Assert.That(_seen.Ends.Select(end => end.Number), Is.EqualTo(new[] { 2 }));

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.That(_seen.Ends.Select(end => end.Number), Is.EqualTo(new[] { 2, 0 }));
        late.SetResult(1);
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.That(_seen.Ends, Has.Count.EqualTo(2));
        _time.Advance(TimeSpan.FromSeconds(0.1));

        Assert.That(_seen.Ends.Select(end => (end.Number, end.End)), Is.EqualTo(new[] { (2L, CallEnd.Completed), (0, CallEnd.TimedOut), (1, CallEnd.TimedOut) }));
        await FakeTime.SettleAsync();
        Assert.That(_seen.Ends, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task After_all_have_expired_the_next_one_expires_as_well()
    {
        for (var round = 0; round < 3; round++)
        {
            _calls.Send(round, _ => new ValueTask<int>(new TaskCompletionSource<int>().Task));
            await FakeTime.SettleAsync();
            _time.Advance(TimeOut);
            Assert.That(_seen.Ends, Has.Count.EqualTo(round + 1));
        }
    }

    [Test]
    public async Task One_that_expires_is_asked_to_stop()
    {
        var stopped = new TaskCompletionSource();
        _calls.Send(0, async token => { token.Register(stopped.SetResult); return await new TaskCompletionSource<int>().Task; });
        await FakeTime.SettleAsync();
        _time.Advance(TimeOut);

        await stopped.Task.WaitAsync(Limit);
    }

    [Test]
    public async Task One_that_no_thread_ever_began_is_not_taken_for_one_without_an_answer()
    {
        using var never = new ManualResetEventSlim();
        var sent = 0;
        while (_calls.Send(sent, _ => Block(never)) is null)
        {
            sent++;
            await _seen.BegunAsync(Math.Min(sent, RatedCalls<int>.MostThreads));
        }

        _time.Advance(TimeOut);

        Assert.That(_seen.Ends.Count(end => end.End == CallEnd.TimedOut), Is.EqualTo(256));
        Assert.That(_seen.Ends.Count(end => end.End == CallEnd.NotBegun), Is.EqualTo(sent - 256).And.EqualTo(1));
        never.Set();
    }

    [Test]
    public async Task Closing_gives_up_what_is_open_when_told_to()
    {
        _calls.Send(0, _ => new ValueTask<int>(new TaskCompletionSource<int>().Task));
        await FakeTime.SettleAsync();
        using var giveUp = new CancellationTokenSource();
        var closing = _calls.CloseAsync(giveUp.Token);
        Assert.That(closing.IsCompleted, Is.False);

        await giveUp.CancelAsync();
        await closing.WaitAsync(Limit);
        Assert.That(_seen.Ends.Single().End, Is.EqualTo(CallEnd.Abandoned));
    }

    [Test]
    public async Task What_continues_after_a_plain_await_comes_back_to_threads_of_the_source()
    {
        var names = new TaskCompletionSource<string?>();
        _calls.Send(0, async _ => { await Task.Delay(1, CancellationToken.None); names.SetResult(Thread.CurrentThread.Name); return 1; });

        Assert.That(await names.Task.WaitAsync(Limit), Is.EqualTo("orders"));
    }

    [Test]
    public async Task One_source_that_blocks_does_not_keep_another_from_its_schedule()
    {
        using var never = new ManualResetEventSlim();
        await using var other = new RatedCalls<int>("prices", TimeOut, _time, new Seen());
        for (var i = 0; i < 100; i++)
        {
            _calls.Send(i, _ => Block(never));
        }

        var answered = new TaskCompletionSource();
        other.Send(0, _ => { answered.SetResult(); return ValueTask.FromResult(1); });

        await answered.Task.WaitAsync(Limit);
        never.Set();
    }

    private static ValueTask<int> Block(ManualResetEventSlim until)
    {
        until.Wait(CancellationToken.None);
        return ValueTask.FromResult(0);
    }

    private sealed class Seen : IRatedCallObserver<int>
    {
        private readonly Lock _lock = new();
        private readonly List<long> _begins = [];
        private readonly List<(long Number, CallEnd End, int Value)> _ends = [];

        public IReadOnlyList<long> Begins
        {
            get
            {
                lock (_lock)
                {
                    return [.. _begins];
                }
            }
        }

        public IReadOnlyList<(long Number, CallEnd End, int Value)> Ends
        {
            get
            {
                lock (_lock)
                {
                    return [.. _ends];
                }
            }
        }

        public void Begun(long number)
        {
            lock (_lock)
            {
                _begins.Add(number);
            }
        }

        public void Ended(long number, CallEnd end, int value, Exception? exception)
        {
            lock (_lock)
            {
                _ends.Add((number, end, value));
            }
        }

        public Task BegunAsync(int count) => UntilAsync(() => Begins.Count >= count);

        public Task EndedAsync(int count) => UntilAsync(() => Ends.Count >= count);

        private static async Task UntilAsync(Func<bool> reached)
        {
            var watch = Stopwatch.StartNew();
            while (!reached())
            {
                Assert.That(watch.Elapsed, Is.LessThan(Limit));
                await Task.Delay(1);
            }
        }
    }
}
