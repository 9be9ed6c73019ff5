using ChaosHarness.Calls;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Experiments;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Safety;

public sealed class RunPermitsTests
{
    private static readonly IntendedRun Run = new("a drill", "shop", "local", DateTimeOffset.UnixEpoch);

    [Test]
    public async Task A_run_may_begin_when_nobody_refuses_it()
    {
        Assert.That(await WhyRefusedAsync(), Is.Null);
        Assert.That(await WhyRefusedAsync(new Permit(_ => null), new Permit(_ => null)), Is.Null);
    }

    [Test]
    public async Task One_refusal_is_enough_and_is_told_as_it_is() =>
        Assert.That(await WhyRefusedAsync(new Permit(_ => null), new Permit(run => $"{run.Experiment} on {run.System} in {run.Environment}: not today"), new Permit(_ => "nor tomorrow")), Is.EqualTo("a drill on shop in local: not today"));

    [Test]
    public async Task One_that_throws_refuses_and_says_so() =>
        Assert.That(await WhyRefusedAsync(new Permit(_ => throw new InvalidOperationException("the disk is gone"))), Is.EqualTo("'Permit': say whether a run may begin now failed: the disk is gone; what nobody permits is refused"));

    [Test]
    public async Task One_that_does_not_answer_refuses_and_keeps_nobody_waiting()
    {
        using var never = new ManualResetEventSlim();
        var time = new FakeTimeProvider();
        var asked = new RunPermits([new Permit(_ => { never.Wait(); return null; })], time, TimeSpan.FromSeconds(30)).WhyRefusedAsync(Run, CancellationToken.None);
        // It blocks the thread that it is called on, which is none of ours.
        time.Advance(TimeSpan.FromSeconds(29));
        Assert.That(asked.IsCompleted, Is.False);
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.That(await asked, Is.EqualTo("'Permit': say whether a run may begin now did not answer within 30s; what nobody permits is refused"));
        never.Set();
    }

    [Test]
    public async Task A_refused_run_is_inconclusive_before_it_waits_for_its_system()
    {
        using var shop = new FakeSystem();
        var lease = new Lease(shop.Time, TimeSpan.Zero);
        var record = await shop.RunAsync(shop.Experiment, shop.Options with { Safety = new SafetyPolicy { HaltFiles = [], Permits = [new Permit(_ => "too early")] }, Leases = [lease] });

        Assert.That((record.Outcome, record.Reason, shop.Calls.Count, lease.Taken), Is.EqualTo((Outcome.Inconclusive, "too early", 0, 0)));
    }

    [Test]
    public async Task A_run_that_waited_for_its_system_is_asked_about_again()
    {
        using var shop = new FakeSystem();
        var begun = shop.Time.GetUtcNow();
        var permit = new Permit(run => run.At > begun + TimeSpan.FromMinutes(1) ? "too late" : null);
        var options = shop.Options with { Safety = new SafetyPolicy { HaltFiles = [], Permits = [permit] }, LeaseWait = TimeSpan.FromHours(1), Leases = [new Lease(shop.Time, TimeSpan.FromSeconds(90))] };
        var record = await shop.Time.UntilAsync(new ExperimentRunner(options).RunAsync(shop.Experiment), stepMilliseconds: 500);

        Assert.That((record.Outcome, record.Reason, permit.Asked, shop.Calls.Count), Is.EqualTo((Outcome.Inconclusive, "too late", 2, 0)));
    }

    [Test]
    public void A_policy_has_no_permit_that_is_missing() =>
        Assert.That(() => new SafetyPolicy { Permits = [null!] }, Throws.ArgumentException.With.Message.StartsWith("Permits is null, or one of them is."));

    private static Task<string?> WhyRefusedAsync(params IReadOnlyList<IRunPermit> permits) =>
        new RunPermits(permits, TimeProvider.System, new CallLimits().Permit).WhyRefusedAsync(Run, CancellationToken.None);

    private sealed class Permit(Func<IntendedRun, string?> why) : IRunPermit
    {
        public int Asked { get; private set; }

        public ValueTask<string?> WhyRefusedAsync(IntendedRun run, CancellationToken cancellationToken)
        {
            Asked++;
            return ValueTask.FromResult(why(run));
        }
    }

    private sealed class Lease(TimeProvider time, TimeSpan busy) : ISystemLease, IHeldLease
    {
        public int Taken { get; private set; }

        public Task<string> Lost { get; } = new TaskCompletionSource<string>().Task;

        public async ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
        {
            Taken++;
            await Task.Delay(busy, time, cancellationToken);
            return LeaseResult.Taken(this);
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
