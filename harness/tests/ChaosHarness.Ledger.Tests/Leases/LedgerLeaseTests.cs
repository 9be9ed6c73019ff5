using ChaosHarness.Experiments;
using ChaosHarness.Fixtures.Tests;
using ChaosHarness.Ledger.Leases;
using ChaosHarness.Ledger.Recording;
using ChaosHarness.Safety;
using ChaosHarness.Systems;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Ledger.Tests.Leases;

/// <summary>Machines that break one system, and see each other through their ledger alone.</summary>
[TestFixture(LedgerPlaces.Sqlite)]
[TestFixture(LedgerPlaces.Postgres)]
public sealed class LedgerLeaseTests(string kind)
{
    private static readonly SystemIdentity Shop = new("shop", "local", SystemReach.Shared);
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly List<LedgerLease> _leases = [];
    private string _folder = "";
    private LedgerAddress _address = null!;

    [SetUp]
    public async Task MakeLedgerAsync()
    {
        _folder = Directory.CreateTempSubdirectory("ledger-").FullName;
        _address = await LedgerPlaces.NewAsync(kind, _folder);
    }

    [TearDown]
    public async Task RemoveAsync()
    {
        foreach (var lease in _leases)
        {
            await lease.DisposeAsync();
        }

        SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task Of_two_machines_one_has_the_system_and_the_other_is_told_which()
    {
        var (one, other) = (Machine(), Machine());
        var held = await one.TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        var refused = await other.TakeAsync(Shop, On("ci-2"), TimeSpan.Zero, CancellationToken.None);
        var elsewhere = await other.TakeAsync(Shop with { Environment = "staging" }, On("ci-2"), TimeSpan.Zero, CancellationToken.None);

        Assert.That(held.Refusal, Is.Null);
        Assert.That(refused.Refusal, Is.EqualTo($"shop in local is being broken by {On("ci-1")}; wait until that is over, or let runs wait by Chaos.LeaseWait"));
        Assert.That(elsewhere.Held, Is.Not.Null, "another system is another lease");

        await held.Held!.DisposeAsync();
        var next = await other.TakeAsync(Shop, On("ci-2"), TimeSpan.Zero, CancellationToken.None);
        Assert.That(next.Held, Is.Not.Null);
        await next.Held!.DisposeAsync();
        await elsewhere.Held!.DisposeAsync();
    }

    [Test]
    public async Task Everybody_sees_who_has_what_and_what_was_left_broken_by_a_holder_that_is_gone()
    {
        var (one, other) = (Machine(), Machine());
        var yard = Shop with { Name = "yard" };
        var held = await one.TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        var broken = await other.TakeAsync(yard, On("ci-2"), TimeSpan.Zero, CancellationToken.None);
        var quiet = await other.TakeAsync(Shop with { Name = "quiet" }, On("ci-2"), TimeSpan.Zero, CancellationToken.None);
        await broken.Held!.LeaveAsync(["a gate: open it"], CancellationToken.None);
        await broken.Held.DisposeAsync();
        await quiet.Held!.DisposeAsync();

        await using var ledger = await RunLedger.OpenAsync(_address);
        var seen = await LedgerLease.AllAsync(ledger);
        await held.Held!.DisposeAsync();

        Assert.That(seen.Select(lease => (lease.System, lease.Holder, lease.IsHeld, lease.LeftBehind)), Is.EquivalentTo(new[]
        {
            (Shop.Key, On("ci-1").ToString(), true, ""),
            (yard.Key, On("ci-2").ToString(), false, "a gate: open it"),
        }));
    }

    [Test]
    public async Task Who_waits_gets_it_once_it_is_given_back_and_is_refused_when_that_takes_too_long()
    {
        var (one, other) = (Machine(), Machine());
        var held = await one.TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        var refused = await other.TakeAsync(Shop, On("ci-2"), TimeSpan.FromSeconds(1), CancellationToken.None);
        var waiting = other.TakeAsync(Shop, On("ci-2"), Limit, CancellationToken.None).AsTask();
        await held.Held!.DisposeAsync();
        var next = await waiting.WaitAsync(Limit);

        Assert.That(refused.Refusal, Does.EndWith("by Chaos.LeaseWait, which is 1s"));
        Assert.That(next.Held, Is.Not.Null);
        await next.Held!.DisposeAsync();
    }

    [Test]
    public async Task Eight_threads_that_want_it_at_once_make_one_holder([Range(1, 5)] int round)
    {
        var machines = Enumerable.Range(0, 8).Select(_ => Machine()).ToList();
        using var start = new Barrier(machines.Count);
        var results = await Task.WhenAll(machines.Select((machine, number) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(Limit);
                return machine.TakeAsync(Shop, On($"ci-{number}"), TimeSpan.Zero, CancellationToken.None).AsTask();
            },
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default).Unwrap()));

        Assert.That(results.Count(result => result.Held is not null), Is.EqualTo(1), $"round {round}: {string.Join("\n", results.Select(result => result.Refusal))}");
        Assert.That(results.Where(result => result.Held is null).Select(result => result.Refusal), Is.All.Contains("is being broken by"));
        await results.Single(result => result.Held is not null).Held!.DisposeAsync();
    }

    [Test]
    public async Task One_that_is_not_renewed_runs_out_and_its_holder_learns_who_has_it_now()
    {
        // Its time stands still, so that it renews nothing; that of the database goes on.
        var stopped = new FakeTimeProvider();
        var held = await Machine(stopped, 500).TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        var next = await Machine().TakeAsync(Shop, On("ci-2"), Limit, CancellationToken.None);
        Assert.That(next.Held, Is.Not.Null, next.Refusal);
        Assert.That(held.Held!.Lost.IsCompleted, Is.False);

        stopped.Advance(TimeSpan.FromSeconds(1));
        Assert.That(await held.Held.Lost.WaitAsync(Limit), Is.EqualTo($"{On("ci-2")} has it now"));

        await held.Held.DisposeAsync();
        var third = await Machine().TakeAsync(Shop, On("ci-3"), TimeSpan.Zero, CancellationToken.None);
        Assert.That(third.Refusal, Does.Contain("ci-2"), "who lost it gives back nothing of the next one's");
        await next.Held!.DisposeAsync();
    }

    [Test]
    public async Task One_that_ran_out_and_that_nobody_took_is_still_held()
    {
        var stopped = new FakeTimeProvider();
        var held = await Machine(stopped, 2000).TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        await using var ledger = await RunLedger.OpenAsync(_address);
        Assert.That(async () => (await new LeaseRows(ledger).FindAsync(Shop.Key, CancellationToken.None))!.IsFree, Is.True.After(60_000, 20));

        stopped.Advance(TimeSpan.FromMilliseconds(700));
        Assert.That(async () => (await new LeaseRows(ledger).FindAsync(Shop.Key, CancellationToken.None))!.IsFree, Is.False.After(60_000, 1));
        Assert.That(held.Held!.Lost.IsCompleted, Is.False);
        await held.Held.DisposeAsync();
    }

    [Test]
    public async Task The_lease_of_a_machine_that_dies_runs_out()
    {
        using var host = new KilledHost("lease", Text(), "2000");
        Assert.That(await host.ReadLineAsync(), Is.EqualTo("held"));
        var refused = await Machine().TakeAsync(Shop, On("ci-2"), TimeSpan.FromSeconds(4), CancellationToken.None);
        Assert.That(refused.Refusal, Does.Contain("'the killed one'"), "while it lives it renews");

        host.Kill();
        await host.EndedAsync();
        var taken = await Machine().TakeAsync(Shop, On("ci-2"), Limit, CancellationToken.None);
        Assert.That(taken.Held, Is.Not.Null, taken.Refusal);
        await taken.Held!.DisposeAsync();
    }

    [TestCase(10)]
    [TestCase(-10)]
    public async Task Clocks_of_machines_that_are_wrong_by_years_change_nothing(int years)
    {
        var wrong = new ShiftedTime(TimeSpan.FromDays(365 * years));
        var held = await Machine(wrong, 1000).TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        var refused = await Machine(milliseconds: 1000).TakeAsync(Shop, On("ci-2"), TimeSpan.FromSeconds(3), CancellationToken.None);
        Assert.That(refused.Held, Is.Null, "it was renewed three times over");
        Assert.That(held.Held!.Lost.IsCompleted, Is.False);
        await held.Held.DisposeAsync();

        held = await Machine(milliseconds: 1000).TakeAsync(Shop, On("ci-2"), TimeSpan.Zero, CancellationToken.None);
        refused = await Machine(wrong, 1000).TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        Assert.That((held.Refusal, refused.Held), Is.EqualTo((null as string, null as IHeldLease)));
        await held.Held!.DisposeAsync();
    }

    [Test]
    public async Task It_is_lost_before_it_runs_out_when_the_ledger_is_gone()
    {
        var held = await Machine(milliseconds: 3000).TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        await using (await LedgerPlaces.LockOutAsync(kind, _address))
        {
            Assert.That(await held.Held!.Lost.WaitAsync(Limit), Does.Match("^it could not be renewed for [0-9.]+m?s: ."));
        }

        await using var ledger = await RunLedger.OpenAsync(_address);
        var row = await new LeaseRows(ledger).FindAsync(Shop.Key, CancellationToken.None);
        Assert.That(row!.Holder, Is.EqualTo(On("ci-1").ToString()));
        await held.Held.DisposeAsync();
        var next = await Machine().TakeAsync(Shop, On("ci-2"), TimeSpan.Zero, CancellationToken.None);
        Assert.That(next.Held, Is.Not.Null, next.Refusal);
        await next.Held!.DisposeAsync();
    }

    [Test]
    public async Task A_ledger_that_is_away_for_less_than_a_term_loses_nothing()
    {
        var held = await Machine(milliseconds: 6000).TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        await using (await LedgerPlaces.LockOutAsync(kind, _address))
        {
            Assert.That(await Task.WhenAny(held.Held!.Lost, Task.Delay(TimeSpan.FromSeconds(3))), Is.Not.SameAs(held.Held.Lost));
        }

        var refused = await Machine().TakeAsync(Shop, On("ci-2"), TimeSpan.FromSeconds(4), CancellationToken.None);
        Assert.That(refused.Held, Is.Null);
        Assert.That(held.Held!.Lost.IsCompleted, Is.False);
        await held.Held.DisposeAsync();
    }

    [Test]
    public async Task What_was_left_broken_keeps_others_out_until_it_is_undone_where_it_was_left_or_somebody_knows_better()
    {
        var (one, other) = (Machine(), Machine());
        await LeaveAsync(one, "glue could not be reverted.");
        var refused = await other.TakeAsync(Shop, On("ci-2"), Limit, CancellationToken.None);
        Assert.That(refused.Refusal, Is.EqualTo($"shop in local is not as it was: {On("ci-1")} left behind: glue could not be reverted. The next run of anna on ci-1 finds out whether that is undone; where there is none any more, put it right and run './run ledger release \"shop in local\"'"));

        // The next run of that machine has not looked yet, and then has.
        await LeaveAsync(one, null);
        Assert.That((await other.TakeAsync(Shop, On("ci-2"), TimeSpan.Zero, CancellationToken.None)).Held, Is.Null);
        await LeaveAsync(one, []);
        await LeaveAsync(other, "tar");

        Assert.That((await one.TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None)).Refusal, Does.Contain("tar"));
        await using var ledger = await RunLedger.OpenAsync(_address);
        Assert.That(await LedgerLease.FreeAsync(ledger, Shop.Key), Is.True);
        Assert.That(await LedgerLease.FreeAsync(ledger, "nothing"), Is.False);
        await LeaveAsync(one, []);

        async Task LeaveAsync(LedgerLease machine, params string[]? faults)
        {
            var held = await machine.TakeAsync(Shop, On(machine == one ? "ci-1" : "ci-2"), TimeSpan.Zero, CancellationToken.None);
            Assert.That(held.Held, Is.Not.Null, held.Refusal);
            if (faults is not null)
            {
                await held.Held!.LeaveAsync(faults, CancellationToken.None);
            }

            await held.Held!.DisposeAsync();
        }
    }

    [Test]
    public async Task Whose_lease_is_released_by_a_person_has_lost_it()
    {
        var held = await Machine(milliseconds: 1000).TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None);
        await using var ledger = await RunLedger.OpenAsync(_address);
        await LedgerLease.FreeAsync(ledger, Shop.Key);

        Assert.That(await held.Held!.Lost.WaitAsync(Limit), Is.EqualTo("it was released"));
        await held.Held.DisposeAsync();
    }

    [TestCase(SystemReach.Machine)]
    [TestCase(SystemReach.Owned)]
    public async Task A_system_that_no_other_machine_reaches_needs_no_ledger(SystemReach reach)
    {
        var lease = Keep(new LedgerLease(() => throw new LedgerException("nobody asked for it")));
        var taken = await lease.TakeAsync(Shop with { Reach = reach }, On("ci-1"), TimeSpan.Zero, CancellationToken.None);

        Assert.That(taken.Held, Is.Not.Null);
        Assert.That(taken.Held!.Lost.IsCompleted, Is.False);
        await taken.Held.DisposeAsync();
        Assert.That((await lease.TakeAsync(Shop, On("ci-1"), TimeSpan.Zero, CancellationToken.None)).Refusal, Is.EqualTo("nobody can tell whether shop in local is being broken by another machine: nobody asked for it"));
    }

    [Test]
    public void The_tests_of_an_assembly_take_it_where_their_ledger_is_shared_or_cannot_be_read()
    {
        Assert.That(Lease("ledger.db"), Is.Null);
        Assert.That(Lease(null), Is.Null);
        Assert.That(Lease("Host=db;Database=ledger"), Is.TypeOf<LedgerLease>());
        Assert.That(Lease("Host=db;Nonsense=1"), Is.TypeOf<LedgerLease>());

        ISystemLease? Lease(string? ledger) => new LedgerRecording().CreateLease(new RecorderSettings { BaseFolder = _folder, JournalFolder = _folder, Ledger = ledger });
    }

    [Test]
    public void A_term_is_no_shorter_than_renewing_takes() => Assert.That(() => new LedgerLease(() => _address, null, TimeSpan.FromMilliseconds(99)), Throws.InstanceOf<ArgumentOutOfRangeException>());

    private static LeaseHolder On(string machine) => new("run-" + machine, "the drill", machine, 4711, "anna", new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    private LedgerLease Machine(TimeProvider? time = null, int milliseconds = 30_000) => Keep(new LedgerLease(() => _address, time, TimeSpan.FromMilliseconds(milliseconds)));

    private LedgerLease Keep(LedgerLease lease)
    {
        _leases.Add(lease);
        return lease;
    }

    private string Text() => _address.Shown.Replace("postgresql://", "postgresql://postgres@", StringComparison.Ordinal);
}
