using System.Diagnostics;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Safety;

public sealed class HaltLeverTests
{
    [Test]
    public void The_first_reason_counts()
    {
        using var lever = new HaltLever(CancellationToken.None);
        Assert.That(lever.Reason, Is.Null);
        lever.Halt("first");
        lever.Halt("second");

        Assert.That(lever.Reason, Is.EqualTo("first"));
    }

    [Test]
    public async Task A_caller_that_cancels_pulls_it()
    {
        using var caller = new CancellationTokenSource();
        using var lever = new HaltLever(caller.Token);
        await caller.CancelAsync();

        Assert.That(lever.Reason, Is.EqualTo("the caller cancelled the run"));
        using var asked = new HaltLever(new CancellationToken(canceled: true), () => "it took too long");
        Assert.That(asked.Reason, Is.EqualTo("it took too long"));
        Assert.That(() => lever.Token.IsCancellationRequested, Is.True.After(10000, 5));
    }

    [Test]
    public void A_disposed_one_is_not_pulled_by_its_caller_any_more()
    {
        using var caller = new CancellationTokenSource();
        var lever = new HaltLever(caller.Token);
        lever.Dispose();
        caller.Cancel();

        Assert.That(lever.Reason, Is.Null);
    }

    [Test]
    public void What_is_done_on_a_halt_is_done_when_pulling_returns_and_at_once_when_it_was_pulled_before()
    {
        using var lever = new HaltLever(CancellationToken.None);
        var done = new List<string>();
        lever.OnHalt(() => done.Add("before"));
        Assert.That(done, Is.Empty);
        lever.Halt("now");
        Assert.That(done, Is.EqualTo(new[] { "before" }));
        lever.OnHalt(() => done.Add("after"));
        lever.Halt("again");

        Assert.That(done, Is.EqualTo(new[] { "before", "after" }));
    }

    [Test]
    public void What_hangs_on_its_token_never_holds_up_whoever_pulls_it()
    {
        using var lever = new HaltLever(CancellationToken.None);
        using var never = new ManualResetEventSlim();
        var began = new ManualResetEventSlim();
        lever.Token.Register(() => { began.Set(); never.Wait(CancellationToken.None); });
        var watch = Stopwatch.StartNew();
        lever.Halt("now");

        Assert.That(watch.Elapsed, Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(began.Wait(TimeSpan.FromSeconds(30)), Is.True);
        never.Set();
    }

    [Test]
    public void A_second_signal_says_what_is_not_undone_yet()
    {
        using var lever = new HaltLever(CancellationToken.None);
        using var console = new StringWriter();
        using var signals = new TerminationSignals(lever, console);
        IReadOnlyList<string> open = ["'freeze db-a'", "'cut the link'"];
        lever.StillOpen = () => open;
        signals.Asked("SIGINT");
        Assert.That((lever.Reason, console.ToString()), Is.EqualTo(("the process received SIGINT", $"SIGINT received: the run is halted, and what it broke is being undone.{System.Environment.NewLine}")));

        signals.Asked("SIGINT");
        Assert.That(console.ToString(), Does.Contain("Not undone yet: 'freeze db-a'; 'cut the link'.").And.Contain($"kill -9 {Environment.ProcessId}"));

        open = [];
        signals.Asked("SIGINT");
        Assert.That(console.ToString(), Does.Contain("every fault is undone"));
    }
}
