using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Faults;

public sealed class FaultInjectionTests
{
    private readonly List<string> _calls = [];
    private readonly FakeTimeProvider _time = new();
    private string _folder = null!;
    private FaultJournal _journal = null!;
    private FaultInjection _injection = null!;

    [SetUp]
    public void Begin()
    {
        _calls.Clear();
        _folder = Directory.CreateTempSubdirectory("injection-").FullName;
        _journal = FaultJournal.Create(_folder, "run", _time);
        _injection = new FaultInjection(new RunClock(_time), new ChaosHarness.Histories.HistoryWriter(new ChaosHarness.Timing.RunClock(TimeProvider.System)), _journal);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await _injection.DisposeAsync();
        _journal.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_fault_is_journalled_before_it_takes_effect()
    {
        var written = 0L;
        var fault = Fault.Delegate("a", "x", _ => { written = new FileInfo(Directory.EnumerateFiles(_folder).Single()).Length; return ValueTask.CompletedTask; }, _ => ValueTask.CompletedTask);

        await fault.InjectAsync(_injection, CancellationToken.None);

        Assert.That(written, Is.GreaterThan(0));
    }

    [Test]
    public async Task All_are_reverted_newest_first_and_once()
    {
        await Fault.InSequence(Break("a"), Break("b"), Break("c")).InjectAsync(_injection, CancellationToken.None);

        Assert.That(await _injection.RevertAllAsync(), Is.Empty);
        Assert.That(await _injection.RevertAllAsync(), Is.Empty);
        Assert.That(_calls, Is.EqualTo(new[] { "+a", "+b", "+c", "-c", "-b", "-a" }));
    }

    [Test]
    public async Task A_timed_fault_ends_by_itself()
    {
        var active = await Break("a").For("2s").InjectAsync(_injection, CancellationToken.None);
        Assert.That(_injection.HasTimedFaults, Is.True);

        await PassAsync(1.9);
        Assert.That(_calls, Is.EqualTo(new[] { "+a" }));
        await PassAsync(0.2);
        // The journal is flushed to a real disk, which takes no account of fake time.
        await active[0].Ended.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.That(_calls, Is.EqualTo(new[] { "+a", "-a" }));
        Assert.That(_injection.HasTimedFaults, Is.False);
        Assert.That(await _injection.RevertAllAsync(), Is.Empty);
        Assert.That(_calls, Has.Count.EqualTo(2));
    }

    [Test]
    public async Task In_a_sequence_a_timed_fault_has_ended_before_the_next_begins()
    {
        var injecting = Fault.InSequence(Break("a").For("1s"), Break("b"), Break("c").For("1s"), Break("d")).InjectAsync(_injection, CancellationToken.None);
        await _time.UntilAsync(injecting, 10);

        Assert.That(_calls, Is.EqualTo(new[] { "+a", "-a", "+b", "+c", "-c", "+d" }));
    }

    [Test]
    public async Task In_parallel_one_that_fails_does_not_hide_the_others()
    {
        var faults = Fault.InParallel(Break("a"), Fault.Delegate("bad", "x", _ => throw new InvalidOperationException("no"), _ => Note("-bad")), Break("c"));

        Assert.That(() => faults.InjectAsync(_injection, CancellationToken.None), Throws.InvalidOperationException);
        await _injection.RevertAllAsync();

        Assert.That(_calls, Is.EquivalentTo(new[] { "+a", "+c", "-a", "-bad", "-c" }));
    }

    [Test]
    public async Task A_fault_beyond_its_maximum_duration_is_reverted_and_told()
    {
        var fault = new ShortLived(_calls) { MaximumDuration = TimeSpan.FromSeconds(3) };
        await fault.InjectAsync(_injection, CancellationToken.None);

        await PassAsync(2.9);
        Assert.That(_injection.Overdue.IsCompleted, Is.False);
        await PassAsync(0.2);
        Assert.That(await _injection.Overdue, Does.Contain("maximum duration of 3s"));
        await _injection.RevertAllAsync();
        Assert.That(_calls, Is.EqualTo(new[] { "+", "-" }));
    }

    [Test]
    public void A_cancelled_injection_plans_nothing()
    {
        Assert.That(() => Break("a").InjectAsync(_injection, new CancellationToken(canceled: true)), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(_injection.Faults, Is.Empty);
        Assert.That(_calls, Is.Empty);
    }

    [Test]
    public void Composites_describe_themselves_and_name_each_target_once()
    {
        var fault = Fault.InSequence(Fault.InParallel(Break("a"), Break("b")), Break("a").For("10s"));

        Assert.That(fault.ToString(), Is.EqualTo("break a and break b, then break a for 10s"));
        Assert.That(fault.Targets, Is.EqualTo(new[] { "a", "b" }));
    }

    private Fault Break(string name) => Fault.Delegate("break " + name, name, _ => Note("+" + name), _ => Note("-" + name));

    private ValueTask Note(string call)
    {
        _calls.Add(call);
        return ValueTask.CompletedTask;
    }

    private Task PassAsync(double seconds) => _time.UntilAsync(Task.Delay(TimeSpan.FromSeconds(seconds), _time), 50);

    private sealed class ShortLived(List<string> calls) : SingleFault
    {
        public override string Description => "short";

        public override IReadOnlyList<string> Targets => ["x"];

        protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) =>
            ValueTask.FromResult(new RevertRecipe(RevertRecipe.OwnedByRun, new Dictionary<string, string>(), ""));

        protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Note("+");

        protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Note("-");

        private ValueTask Note(string call)
        {
            calls.Add(call);
            return ValueTask.CompletedTask;
        }
    }
}
