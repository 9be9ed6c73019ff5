using ChaosHarness.Calls;
using ChaosHarness.Safety;

namespace ChaosHarness.Tests.Safety;

public sealed class SystemHoldTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    [Test]
    public async Task What_keeps_others_from_being_told_is_said_and_the_rest_are_told()
    {
        var (mute, told) = (new Lease { LeaveFails = true }, new Lease());
        await using var hold = Hold(mute, told);

        Assert.That(await hold.LeaveAsync(["a fault"]), Is.EqualTo(new[] { "Others were not told what is left: 'lease': note what is left failed: the network is gone." }));
        Assert.That(told.Left, Is.EqualTo(new[] { "a fault" }));
    }

    [Test]
    public async Task The_run_halts_when_the_system_is_lost_and_says_why()
    {
        var lease = new Lease();
        await using var hold = Hold(lease);
        using var lever = new HaltLever(CancellationToken.None);
        hold.HaltWhenLost(lever);
        Assert.That(lever.Reason, Is.Null);

        lease.Loses.SetResult("another has it");
        Assert.That(() => lever.Reason, Is.EqualTo("the lease on the system was lost: another has it").After(10_000, 5));
    }

    [Test]
    public async Task A_lease_that_cannot_say_whether_it_is_held_is_lost()
    {
        await using var hold = Hold(new Lease { SaysNothing = true });
        using var lever = new HaltLever(CancellationToken.None);
        hold.HaltWhenLost(lever);

        Assert.That(() => lever.Reason, Is.EqualTo("the lease on the system was lost: it does not say so").After(10_000, 5));
    }

    [Test]
    public async Task A_lease_that_fails_when_it_is_asked_is_lost_and_its_words_are_told()
    {
        await using var hold = Hold(new Lease { WatchFails = true });
        using var lever = new HaltLever(CancellationToken.None);
        hold.HaltWhenLost(lever);

        Assert.That(() => lever.Reason, Is.EqualTo("the lease on the system was lost: 'lease': watch failed: the network is gone").After(10_000, 5));
    }

    [Test]
    public async Task Given_back_it_is_given_back_once_and_its_loss_is_nobodys_concern()
    {
        var lease = new Lease();
        using var here = new SemaphoreSlim(0);
        var hold = new SystemHold(here, new ForeignCalls(TimeProvider.System), Limit);
        hold.Add(lease);
        using var lever = new HaltLever(CancellationToken.None);
        hold.HaltWhenLost(lever);
        await hold.DisposeAsync();
        await hold.DisposeAsync();
        lease.Loses.SetResult("too late");
        await Task.Yield();

        Assert.That((lease.Disposals, here.CurrentCount, lever.Reason), Is.EqualTo((1, 1, null as string)));
    }

    private static SystemHold Hold(params Lease[] leases)
    {
        var hold = new SystemHold(new SemaphoreSlim(0), new ForeignCalls(TimeProvider.System), Limit);
        Array.ForEach(leases, hold.Add);
        return hold;
    }

    private sealed class Lease : IHeldLease
    {
        public TaskCompletionSource<string> Loses { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool LeaveFails { get; init; }

        public bool SaysNothing { get; init; }

        public bool WatchFails { get; init; }

        public IReadOnlyList<string> Left { get; private set; } = [];

        public int Disposals { get; private set; }

        public Task<string> Lost => WatchFails ? throw new IOException("the network is gone") : SaysNothing ? null! : Loses.Task;

        public ValueTask LeaveAsync(IReadOnlyList<string> faults, CancellationToken cancellationToken)
        {
            Left = LeaveFails ? throw new IOException("the network is gone") : faults;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            Disposals++;
            return ValueTask.CompletedTask;
        }
    }
}
