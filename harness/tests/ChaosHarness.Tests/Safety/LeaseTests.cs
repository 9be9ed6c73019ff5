using System.Runtime.Versioning;
using System.Diagnostics;
using ChaosHarness.Calls;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Safety;

public sealed class LeaseTests
{
    private static readonly SystemIdentity Shop = new("shop", "local", SystemReach.Machine);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private readonly FakeTimeProvider _time = new();
    private string _folder = null!;

    private LeaseFiles Files => new(Path.Combine(_folder, "leases"), _time);

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("leases-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_system_that_is_held_is_refused_with_who_has_it_and_how_to_wait()
    {
        var held = await Files.TakeAsync(Shop, Holder("first"), TimeSpan.Zero, CancellationToken.None);
        var refused = await Files.TakeAsync(Shop, Holder("second"), TimeSpan.Zero, CancellationToken.None);

        Assert.That((held.Refusal, refused.Held), Is.EqualTo((null as string, null as IHeldLease)));
        Assert.That(refused.Refusal, Is.EqualTo($"shop in local is being broken by 'first' (run run-first, process {Environment.ProcessId} of {Environment.UserName} on {Environment.MachineName}, since 2000-01-01 00:00:00 UTC); wait until that is over, or let runs wait by Chaos.LeaseWait"));
        await held.Held!.DisposeAsync();
    }

    // Who made it for all may have had reasons to let fewer in since.
    [Test, Platform("Linux,MacOsX"), UnsupportedOSPlatform("windows")]
    public async Task The_folder_stays_as_it_was_made()
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, "leases"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        await (await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None)).Held!.DisposeAsync();

        Assert.That(folder.UnixFileMode, Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
    }

    [Test]
    public async Task Given_back_it_can_be_taken_again()
    {
        for (var i = 0; i < 3; i++)
        {
            var taken = await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
            Assert.That(taken.Held, Is.Not.Null);
            Assert.That(taken.Held!.Lost.IsCompleted, Is.False);
            await taken.Held.LeaveAsync(["a fault"], CancellationToken.None);
            await taken.Held.DisposeAsync();
        }
    }

    [Test]
    public async Task Another_system_is_another_lease()
    {
        var first = await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        var second = await Files.TakeAsync(Shop with { Environment = "staging" }, Holder("b"), TimeSpan.Zero, CancellationToken.None);

        Assert.That(second.Held, Is.Not.Null);
        await first.Held!.DisposeAsync();
        await second.Held!.DisposeAsync();
    }

    [Test]
    public async Task Told_to_wait_it_waits_so_long_and_no_longer()
    {
        var held = await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        var waiting = Files.TakeAsync(Shop, Holder("b"), TimeSpan.FromSeconds(10), CancellationToken.None).AsTask();
        await _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(9), _time), 100);
        Assert.That(waiting.IsCompleted, Is.False);
        var refused = await _time.UntilAsync(waiting, 100);
        Assert.That(refused.Refusal, Does.EndWith("by Chaos.LeaseWait, which is 10s"));

        waiting = Files.TakeAsync(Shop, Holder("b"), TimeSpan.FromSeconds(10), CancellationToken.None).AsTask();
        await held.Held!.DisposeAsync();
        var taken = await _time.UntilAsync(waiting, 100);
        Assert.That(taken.Held, Is.Not.Null);
        await taken.Held!.DisposeAsync();
    }

    [Test]
    public async Task Waiting_ends_when_it_is_cancelled()
    {
        var held = await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        using var cancel = new CancellationTokenSource();
        var waiting = Files.TakeAsync(Shop, Holder("b"), TimeSpan.FromHours(1), cancel.Token).AsTask();
        await cancel.CancelAsync();

        Assert.That(() => waiting, Throws.InstanceOf<OperationCanceledException>());
        await held.Held!.DisposeAsync();
    }

    [Test]
    public async Task A_folder_that_cannot_be_written_is_refused_and_not_taken_for_free()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "leases"), "a file where the folder should be");
        var refused = await Files.TakeAsync(Shop, Holder("a"), TimeSpan.FromSeconds(10), CancellationToken.None);

        Assert.That(refused.Refusal, Does.StartWith("nobody can tell whether shop in local is being broken by another run: ").And.EndsWith($"let every user of this machine write to '{Path.Combine(_folder, "leases")}'"));
    }

    [Test]
    public async Task Who_has_it_now_is_named_and_nobody_before()
    {
        var before = await Files.TakeAsync(Shop, Holder("somebody with a much longer name than whoever comes next"), TimeSpan.Zero, CancellationToken.None);
        await before.Held!.DisposeAsync();
        var now = await Files.TakeAsync(Shop, Holder("x"), TimeSpan.Zero, CancellationToken.None);
        Assert.That((await Files.TakeAsync(Shop, Holder("y"), TimeSpan.Zero, CancellationToken.None)).Refusal, Does.StartWith("shop in local is being broken by 'x' (run run-x, "));

        await File.WriteAllTextAsync(Directory.EnumerateFiles(Path.Combine(_folder, "leases"), "*.holder.json").Single(), "no JSON");
        Assert.That((await Files.TakeAsync(Shop, Holder("y"), TimeSpan.Zero, CancellationToken.None)).Refusal, Does.StartWith("shop in local is being broken by another run; "));
        await now.Held!.DisposeAsync();
    }

    [Test]
    public async Task Whoever_has_given_up_takes_nothing()
    {
        Assert.That(async () => await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());

        var taken = await Files.TakeAsync(Shop, Holder("b"), TimeSpan.Zero, CancellationToken.None);
        Assert.That(taken.Held, Is.Not.Null);
        await taken.Held!.DisposeAsync();
    }

    [Test, Platform("Linux,MacOsX"), UnsupportedOSPlatform("windows")]
    public async Task Every_user_of_the_machine_may_use_the_files()
    {
        var taken = await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        await taken.Held!.DisposeAsync();
        var folder = Path.Combine(_folder, "leases");

        Assert.That(Convert.ToString((int)File.GetUnixFileMode(folder), 8), Is.EqualTo("1777"));
        Assert.That(Directory.EnumerateFiles(folder).Select(file => Convert.ToString((int)File.GetUnixFileMode(file), 8)), Is.EqualTo(new[] { "666", "666" }));
    }

    [Test, Platform("Linux")]
    public async Task The_lease_of_a_process_that_was_killed_is_free()
    {
        var taken = await Files.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        await taken.Held!.DisposeAsync();
        var file = Directory.EnumerateFiles(Path.Combine(_folder, "leases"), "*.lock").Single();
        using var other = Process.Start(new ProcessStartInfo("flock", [file, "sh", "-c", $"touch {_folder}/locked; exec sleep 60"]))!;
        Assert.That(() => File.Exists(Path.Combine(_folder, "locked")), Is.True.After(30000, 10));
        Assert.That((await Files.TakeAsync(Shop, Holder("b"), TimeSpan.Zero, CancellationToken.None)).Refusal, Is.Not.Null, "another process has it");

        other.Kill(entireProcessTree: true);
        await other.WaitForExitAsync();
        // Its children have the lock as well, and may die a moment later.
        LeaseResult? again = null;
        Assert.That(async () => again = await Files.TakeAsync(Shop, Holder("b"), TimeSpan.Zero, CancellationToken.None), Has.Property(nameof(LeaseResult.Held)).Not.Null.After(30000, 20));
        await again!.Held!.DisposeAsync();
    }

    [Test]
    public void A_system_is_told_by_where_it_is()
    {
        var machine = Environment.MachineName;

        Assert.That(Shop.Key, Is.EqualTo($"shop in local on {machine}"));
        Assert.That((Shop with { Reach = SystemReach.Shared }).Key, Is.EqualTo("shop in local"));
        Assert.That((Shop with { Environment = null }).Key, Is.EqualTo($"shop in an unknown environment on {machine}"));
        Assert.That((Shop with { Reach = SystemReach.Owned }).Key, Is.EqualTo($"shop in local on {machine} of process {Environment.ProcessId}"));
        Assert.That((Shop with { Reach = SystemReach.Owned, Instance = "/tmp/x" }).Key, Is.EqualTo($"shop in local on {machine} of process {Environment.ProcessId} /tmp/x"));
        Assert.That((Shop.LastingKey, (Shop with { Reach = SystemReach.Owned }).LastingKey), Is.EqualTo((Shop.Key, null as string)));
    }

    [Test]
    public async Task Runs_of_one_process_wait_for_each_other_however_long_that_takes()
    {
        var leases = new SystemLeases([Files], _time, new CallLimits());
        var (first, _) = await leases.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        var second = leases.TakeAsync(Shop, Holder("b"), TimeSpan.Zero, CancellationToken.None);
        await _time.UntilAsync(Task.Delay(TimeSpan.FromMinutes(1), _time), 10_000);
        Assert.That(second.IsCompleted, Is.False);

        await first!.DisposeAsync();
        await first.DisposeAsync();
        var (hold, refusal) = await second.WaitAsync(Limit);
        Assert.That(refusal, Is.Null);
        await hold!.DisposeAsync();
    }

    [Test]
    public async Task With_several_leases_all_have_to_agree_and_what_was_taken_is_given_back()
    {
        var (one, two) = (new TestLease(), new TestLease { Refusal = "somebody else has it" });
        var (hold, refusal) = await new SystemLeases([one, two], _time, new CallLimits()).TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        Assert.That((hold, refusal, one.Given, one.Taken), Is.EqualTo((null as SystemHold, "somebody else has it", 1, 1)));

        two.Refusal = null;
        (hold, _) = await new SystemLeases([one, two], _time, new CallLimits()).TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        await hold!.LeaveAsync(["glue"]);
        await hold.DisposeAsync();
        Assert.That((one.Given, two.Given, one.Left, two.Left), Is.EqualTo((2, 1, "glue", "glue")));
    }

    [Test]
    public async Task A_lease_that_throws_or_never_answers_is_refused()
    {
        var throwing = new TestLease { Take = _ => throw new InvalidOperationException("no such table") };
        Assert.That((await new SystemLeases([throwing], _time, new CallLimits()).TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None)).Refusal, Is.EqualTo("'shop': take the lease failed: no such table"));

        var deaf = new TestLease { Take = _ => new TaskCompletionSource().Task };
        var refused = await _time.UntilAsync(new SystemLeases([deaf], _time, new CallLimits()).TakeAsync(Shop, Holder("a"), TimeSpan.FromSeconds(5), CancellationToken.None), 500);
        Assert.That(refused.Refusal, Is.EqualTo("'shop': take the lease did not answer within 35s"));
        var (hold, _) = await new SystemLeases([], _time, new CallLimits()).TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        await hold!.DisposeAsync();
    }

    [Test]
    public async Task One_that_is_taken_when_nobody_waits_any_more_is_given_back()
    {
        var go = new TaskCompletionSource();
        var late = new TestLease { Take = _ => go.Task };
        using var cancel = new CancellationTokenSource();
        var taking = new SystemLeases([late], _time, new CallLimits()).TakeAsync(Shop, Holder("a"), TimeSpan.Zero, cancel.Token);
        await FakeTime.SettleAsync();
        await cancel.CancelAsync();
        Assert.That(() => taking, Throws.InstanceOf<OperationCanceledException>());
        go.SetResult();

        Assert.That(() => late.Given, Is.EqualTo(1).After(10000, 10));
    }

    [Test]
    public async Task A_lease_that_is_lost_halts_and_one_that_was_given_back_does_not()
    {
        using var lever = new HaltLever(CancellationToken.None);
        using var other = new HaltLever(CancellationToken.None);
        var lease = new TestLease();
        var leases = new SystemLeases([lease], _time, new CallLimits());
        var (hold, _) = await leases.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        hold!.HaltWhenLost(other);
        await hold.DisposeAsync();
        lease.Lose("too late");
        (hold, _) = await leases.TakeAsync(Shop, Holder("a"), TimeSpan.Zero, CancellationToken.None);
        hold!.HaltWhenLost(lever);
        Assert.That(lever.Reason, Is.Null);
        lease.Lose("the ledger gave it to another");

        Assert.That(() => lever.Reason, Is.EqualTo("the lease on the system was lost: the ledger gave it to another").After(10000, 10));
        Assert.That(other.Reason, Is.Null);
        await hold.DisposeAsync();
    }

    private static LeaseHolder Holder(string name) => LeaseHolder.Here("run-" + name, name, new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private sealed class TestLease : ISystemLease
    {
        private TaskCompletionSource<string> _lost = new();

        public Func<CancellationToken, Task> Take { get; set; } = _ => Task.CompletedTask;

        public string? Refusal { get; set; }

        public int Taken { get; private set; }

        public int Given { get; private set; }

        public string? Left { get; private set; }

        public void Lose(string why) => _lost.SetResult(why);

        public async ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
        {
            await Take(cancellationToken);
            if (Refusal is { } refusal)
            {
                return LeaseResult.Refused(refusal);
            }

            Taken++;
            _lost = new TaskCompletionSource<string>();
            return LeaseResult.Taken(new Held(this, _lost.Task));
        }

        private sealed class Held(TestLease lease, Task<string> lost) : IHeldLease
        {
            public Task<string> Lost => lost;

            public ValueTask LeaveAsync(IReadOnlyList<string> faults, CancellationToken cancellationToken)
            {
                lease.Left = faults.Single();
                return ValueTask.CompletedTask;
            }

            public ValueTask DisposeAsync()
            {
                lease.Given++;
                return ValueTask.CompletedTask;
            }
        }
    }
}
