using System.Diagnostics;
using ChaosHarness.Calls;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Calls;

public sealed class ForeignCallsTests
{
    private static readonly Callee Callee = new("freeze db-a", "apply");
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();

    private ForeignCalls Calls => new(_time);

    [Test]
    public async Task What_it_returns_is_in_the_result()
    {
        var result = await Calls.RunAsync(Callee, _ => ValueTask.FromResult(42), Long, CancellationToken.None);

        Assert.That((result.End, result.ValueOrThrow(), result.Problem), Is.EqualTo((CallEnd.Completed, 42, (string?)null)));
        Assert.That(result.Require, Throws.Nothing);
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task What_it_throws_is_in_the_result_with_the_name_of_the_callee(bool later)
    {
        var result = await Calls.RunAsync(Callee, async _ => { await Pause(later); throw new InvalidOperationException("no such node"); }, Long, CancellationToken.None);

        Assert.That(result.End, Is.EqualTo(CallEnd.Threw));
        Assert.That(result.Problem, Is.EqualTo("'freeze db-a': apply failed: no such node"));
        Assert.That(result.Require, Throws.TypeOf<CallException>().With.Message.EqualTo(result.Problem).And.InnerException.TypeOf<InvalidOperationException>());
    }

    [Test]
    public async Task A_throw_before_any_task_is_made_is_no_different()
    {
        Func<CancellationToken, ValueTask> bad = _ => throw new InvalidOperationException("at once");

        Assert.That((await Calls.RunAsync(Callee, bad, Long, CancellationToken.None)).Problem, Does.EndWith("failed: at once"));
    }

    [Test]
    public async Task Its_own_cancelling_is_a_failure_and_no_end_of_ours()
    {
        var result = await Calls.RunAsync(Callee, _ => ValueTask.FromCanceled<int>(new CancellationToken(canceled: true)), Long, CancellationToken.None);

        Assert.That(result.End, Is.EqualTo(CallEnd.Threw));
    }

    [Test]
    public async Task A_message_that_throws_itself_harms_nothing()
    {
        var result = await Calls.RunAsync(Callee, _ => ValueTask.FromException<int>(new Spiteful()), Long, CancellationToken.None);

        Assert.That(result.Problem, Is.EqualTo("'freeze db-a': apply failed: Spiteful"));
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task What_it_returns_too_late_is_given_back_and_what_it_returns_in_time_is_not(bool late)
    {
        var answer = new TaskCompletionSource<string>();
        var given = new TaskCompletionSource<string>();
        var taking = Calls.TakeAsync(Callee, _ => new ValueTask<string>(answer.Task), value => { given.SetResult(value); throw new InvalidOperationException("nobody is told"); }, Long, CancellationToken.None);
        if (late)
        {
            await _time.UntilAsync(taking, 1000);
        }

        answer.SetResult("a lease");
        var result = await taking;

        Assert.That((result.End, result.Value), Is.EqualTo(late ? (CallEnd.TimedOut, null) : (CallEnd.Completed, "a lease")));
        await FakeTime.SettleAsync();
        Assert.That(late ? await given.Task.WaitAsync(Long) : given.Task.IsCompleted.ToString(), Is.EqualTo(late ? "a lease" : "False"));
    }

    [Test]
    public async Task One_that_never_answers_ends_with_its_time_and_says_who()
    {
        var running = Calls.Start(Callee, _ => new ValueTask(new TaskCompletionSource().Task), TimeSpan.FromSeconds(10), CancellationToken.None);
        await FakeTime.SettleAsync();
        _time.Advance(TimeSpan.FromSeconds(9.9));
        await FakeTime.SettleAsync();
        Assert.That(running.Result.IsCompleted, Is.False);

        _time.Advance(TimeSpan.FromSeconds(0.1));
        var result = await running.Result;
        Assert.That((result.End, result.Problem), Is.EqualTo((CallEnd.TimedOut, "'freeze db-a': apply did not answer within 10s")));
        Assert.That(running.Returned.IsCompleted, Is.False);
    }

    [Test]
    public async Task One_that_blocks_its_thread_for_ever_keeps_nobody_else_from_anything()
    {
        using var never = new ManualResetEventSlim();
        var blocked = Enumerable.Range(0, 50).Select(_ => Calls.Start(Callee, _ => { never.Wait(CancellationToken.None); return ValueTask.CompletedTask; }, Long, CancellationToken.None)).ToList();
        var watch = Stopwatch.StartNew();

        Assert.That((await Calls.RunAsync(Callee, _ => ValueTask.FromResult(1), Long, CancellationToken.None)).Value, Is.EqualTo(1));
        await Task.Run(() => { });

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(blocked.Select(call => call.Result.IsCompleted), Is.All.False);
        never.Set();
        await Task.WhenAll(blocked.Select(call => call.Returned));
        Assert.That(blocked.Select(call => call.Result.Result.End), Is.All.EqualTo(CallEnd.Completed));
    }

    [Test]
    public async Task Giving_up_does_not_wait_for_one_that_ignores_its_token_and_its_late_answer_changes_nothing()
    {
        using var giveUp = new CancellationTokenSource();
        using var go = new ManualResetEventSlim();
        var running = Calls.Start(Callee, _ => { go.Wait(CancellationToken.None); return ValueTask.FromResult(1); }, Long, giveUp.Token);

        await giveUp.CancelAsync();
        var result = await running.Result;
        go.Set();
        await running.Returned;

        Assert.That((result.End, result.Problem), Is.EqualTo((CallEnd.Abandoned, "'freeze db-a': apply was given up before it answered")));
        Assert.That(running.Result.Result, Is.SameAs(result));
    }

    [Test]
    public async Task One_that_was_given_up_before_it_began_is_not_made()
    {
        var made = false;
        var running = Calls.Start(Callee, _ => { made = true; return ValueTask.CompletedTask; }, Long, new CancellationToken(canceled: true));
        await running.Returned;

        Assert.That((running.Result.Result.End, made), Is.EqualTo((CallEnd.Abandoned, false)));
    }

    [Test]
    public async Task It_is_asked_to_stop_when_it_is_given_up()
    {
        var running = Calls.Start(Callee, async token => await Task.Delay(Timeout.Infinite, token), Long, CancellationToken.None);
        running.Abandon();

        await running.Returned.WaitAsync(Long);
        Assert.That(running.Result.Result.End, Is.EqualTo(CallEnd.Abandoned));
    }

    [Test]
    public async Task What_hangs_on_its_token_never_runs_on_the_thread_that_gives_it_up()
    {
        using var never = new ManualResetEventSlim();
        var began = new TaskCompletionSource();
        var running = Calls.Start(
            Callee,
            async token =>
            {
                token.Register(() => never.Wait(CancellationToken.None));
                began.SetResult();
                await new TaskCompletionSource().Task;
            },
            Long,
            CancellationToken.None);
        await began.Task;
        var watch = Stopwatch.StartNew();

        running.Abandon();

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        never.Set();
    }

    [Test]
    public async Task What_continues_after_a_plain_await_is_on_threads_of_the_call()
    {
        var names = new List<string?>();
        await Calls.RunAsync(Callee, async _ => { names.Add(Thread.CurrentThread.Name); await Task.Delay(1, CancellationToken.None); names.Add(Thread.CurrentThread.Name); return 1; }, Long, CancellationToken.None);

        Assert.That(names, Is.EqualTo(new[] { "'freeze db-a': apply", "'freeze db-a': apply" }));
    }

    [Test]
    public async Task One_that_waits_for_its_own_task_does_not_wait_for_ever()
    {
        static async Task<int> Inner()
        {
            await Task.Delay(1);
            return 7;
        }

        var result = await Calls.RunAsync(Callee, _ => ValueTask.FromResult(Inner().Result), Long, CancellationToken.None).WaitAsync(Long);

        Assert.That(result.Value, Is.EqualTo(7));
    }

    [Test]
    public async Task It_runs_in_the_flow_of_control_of_its_caller()
    {
        var local = new AsyncLocal<string> { Value = "mine" };

        Assert.That((await Calls.RunAsync(Callee, _ => ValueTask.FromResult(local.Value), Long, CancellationToken.None)).Value, Is.EqualTo("mine"));
    }

    [Test]
    public async Task What_fails_late_is_nobodys_unobserved_exception()
    {
        var unobserved = new List<Exception>();
        void Note(object? sender, UnobservedTaskExceptionEventArgs e)
        {
            lock (unobserved)
            {
                unobserved.Add(e.Exception);
            }
        }

        TaskScheduler.UnobservedTaskException += Note;
        try
        {
            for (var i = 0; i < 20; i++)
            {
                await FailLateAsync();
            }

            GC.Collect();
            GC.WaitForPendingFinalizers();
            Assert.That(unobserved.Where(exception => exception.ToString().Contains("too late", StringComparison.Ordinal)), Is.Empty);
        }
        finally
        {
            TaskScheduler.UnobservedTaskException -= Note;
        }
    }

    [Test]
    public async Task A_call_that_only_acts_is_bounded_too()
    {
        var done = false;
        Assert.That((await Calls.RunAsync(Callee, () => done = true, Long, CancellationToken.None)).IsCompleted, Is.True);
        Assert.That(done, Is.True);
    }

    [Test]
    public async Task What_falls_out_of_a_posted_continuation_ends_no_process()
    {
        var posted = new TaskCompletionSource();
        await Calls.RunAsync(
            Callee,
            () => SynchronizationContext.Current!.Post(
                _ =>
                {
                    posted.SetResult();
                    throw new InvalidOperationException("from nowhere");
                },
                null),
            Long,
            CancellationToken.None);

        await posted.Task.WaitAsync(Long);
        await FakeTime.SettleAsync();
        Assert.That(OwnThreads.AtWork, Is.Zero);
    }

    private async Task FailLateAsync()
    {
        var running = Calls.Start(
            Callee,
            async token =>
            {
                token.Register(() => throw new InvalidOperationException("too late, from a token"));
                await Task.Delay(5, CancellationToken.None);
                throw new InvalidOperationException("too late");
            },
            Long,
            CancellationToken.None);
        await Task.Yield();
        running.Abandon();
        await running.Returned;
    }

    private static Task Pause(bool really) => really ? Task.Delay(5) : Task.CompletedTask;

    private sealed class Spiteful : Exception
    {
        public override string Message => throw new InvalidOperationException("and my message too");
    }
}
