using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Faults;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Experiments;

/// <summary>What keeps whole runs from doing harm.</summary>
public sealed class GuardedRunTests
{
    private FakeSystem _shop = null!;

    private SystemUnderTest Big => new("shop")
    {
        Environment = "local",
        Reach = SystemReach.Owned,
        Instance = _shop.JournalFolder,
        Components = [new Component("shop", ComponentKind.Service), .. Enumerable.Range(0, 10).Select(number => new Component("c" + number, ComponentKind.Service))],
    };

    [SetUp]
    public void OpenShop() => _shop = new FakeSystem { HealsAfter = TimeSpan.FromMilliseconds(300) };

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task Weaknesses_count_in_the_blast_radius()
    {
        var weakened = Enumerable.Range(0, 10).Aggregate(_shop.Experiment.On(Big), (builder, number) => builder.Given(Break("c" + number)));
        var result = await _shop.RunAsync(weakened);

        Assert.That((result.Outcome, _shop.Calls.Count), Is.EqualTo((Outcome.Inconclusive, 0)));
        Assert.That(result.Reason, Does.Contain("may hit 11 components"));
    }

    [Test]
    public async Task Candidates_of_a_schedule_count_in_the_blast_radius()
    {
        var nodes = Big.Components.Skip(1).Take(5).Select(component => new Node(component)).ToList();
        var result = await _shop.RunAsync(_shop.Experiment.On(Big with { Signals = [_shop] }).Inject(Schedule.After(new SignalMatch(SignalKind.Promoted), nodes, node => Break(node.Component.Name))));

        Assert.That(result.Reason, Does.Contain("may hit 6 components: shop, c0, c1, c2, c3, c4"));
    }

    [Test]
    public async Task A_fault_that_plans_no_way_back_is_not_injected()
    {
        var applied = false;
        var planless = new TestFault("break it", "shop")
        {
            Plan = _ => ValueTask.FromResult<RevertRecipe>(null!),
            Apply = _ =>
            {
                applied = true;
                return ValueTask.CompletedTask;
            },
        };
        var result = await _shop.RunAsync(_shop.Experiment.Inject(planless));

        Assert.That((result.Outcome, applied), Is.EqualTo((Outcome.Broken, false)));
        Assert.That(result.Reason, Does.StartWith("'break it': plan failed: it gave no recipe, and nothing is injected that nobody knows how to undo"));
    }

    [Test]
    public async Task A_folder_of_fault_journals_that_is_a_file_is_named()
    {
        var file = Path.Combine(_shop.JournalFolder, "file");
        await File.WriteAllTextAsync(file, "");
        var result = await _shop.RunAsync(_shop.Experiment, _shop.Options with { FaultJournalFolder = file });

        Assert.That((result.Outcome, _shop.Calls.Count), Is.EqualTo((Outcome.Broken, 0)));
        Assert.That(result.Reason, Does.StartWith($"nothing is injected without a fault journal, and none can be begun in {file}: "));
    }

    [Test]
    public async Task A_weakness_that_is_impossible_here_is_refused()
    {
        var result = await _shop.RunAsync(_shop.Experiment.Given(new FreezeOnWindows()));

        Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "no such signal here")));
    }

    [Test]
    public async Task Weaknesses_and_candidates_are_looked_at_before_anything_is_journalled()
    {
        var missing = new TestFault("break it", "shop") { Look = () => ValueTask.FromResult(Preflight.NotReady("it is not there")) };
        foreach (var experiment in new[] { _shop.Experiment.Given(missing), _shop.Experiment.Inject(Schedule.After(new SignalMatch(SignalKind.Promoted), (Schedule)missing)) })
        {
            var result = await _shop.RunAsync(experiment);
            Assert.That((result.Outcome, result.Reason), Is.EqualTo((Outcome.Inconclusive, "it is not there")));
        }

        var throwing = new TestFault("break it", "shop") { Look = () => throw new InvalidOperationException("cannot look") };
        Assert.That((await _shop.RunAsync(_shop.Experiment.Inject(throwing))).Reason, Is.EqualTo("'break it': look at its target failed: cannot look"));
        Assert.That(_shop.Calls, Is.Empty);
    }

    [Test]
    public async Task A_step_that_never_struck_fails_the_run_at_its_deadline_with_the_signal_that_did_not_come()
    {
        var late = Schedule.After(new SignalMatch(SignalKind.Promoted), [new Node(new Component("shop", ComponentKind.Service))], node => Break(node.Component.Name));
        var result = await _shop.RunAsync(_shop.Experiment.Inject(late));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(result.Reason, Does.Contain("'break shop after signal Promoted of shop' never struck: no signal Promoted of shop came"));
        Assert.That(result.Duration.TotalSeconds, Is.InRange(5, 8));
    }

    [Test]
    public async Task A_strike_far_behind_the_deadline_of_the_first_is_waited_for()
    {
        var struck = false;
        var late = Fault.Delegate("late", "shop", _ => { struck = true; return ValueTask.CompletedTask; }, _ => ValueTask.CompletedTask);
        var result = await _shop.RunAsync(_shop.Experiment.Inject(Schedule.At("9s", late)));

        Assert.That((result.Outcome, struck), Is.EqualTo((Outcome.Passed, true)), result.Reason);
    }

    [Test]
    public async Task Two_experiments_on_one_system_in_one_process_run_one_after_the_other()
    {
        var inForce = 0;
        var most = 0;
        var fault = Fault.Delegate("count", "shop", _ => Change(1), _ => Change(-1));
        var runs = Enumerable.Range(0, 3).Select(_ => new ExperimentRunner(_shop.Options).RunAsync(_shop.Experiment.Inject(fault), CancellationToken.None)).ToList();
        var results = await _shop.Time.UntilAsync(Task.WhenAll(runs), 5);

        Assert.That(results.Select(result => result.Outcome), Is.All.EqualTo(Outcome.Passed), results[0].Reason);
        Assert.That(most, Is.EqualTo(1));

        ValueTask Change(int by)
        {
            most = Math.Max(most, Interlocked.Add(ref inForce, by));
            return ValueTask.CompletedTask;
        }
    }

    [Test]
    public async Task A_system_that_another_process_breaks_is_left_alone()
    {
        var other = new LeaseFiles(Path.Combine(_shop.JournalFolder, "leases"), _shop.Time);
        var system = Big with { Reach = SystemReach.Machine, Name = "elsewhere" };
        var held = await other.TakeAsync(system.Identity, LeaseHolder.Here("1", "the other drill", DateTimeOffset.UnixEpoch), TimeSpan.Zero, CancellationToken.None);
        var refused = await _shop.RunAsync(_shop.Experiment.On(system));
        await held.Held!.DisposeAsync();
        var next = await _shop.RunAsync(_shop.Experiment.On(system));

        Assert.That(refused.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(refused.Reason, Does.StartWith("elsewhere in local is being broken by 'the other drill'"));
        Assert.That(next.Outcome, Is.EqualTo(Outcome.Passed), next.Reason);
    }

    [Test]
    public async Task Waiting_for_its_system_takes_nothing_of_the_time_of_a_test()
    {
        var other = new LeaseFiles(Path.Combine(_shop.JournalFolder, "leases"), _shop.Time);
        var system = Big with { Reach = SystemReach.Machine, Name = "waited for" };
        var held = await other.TakeAsync(system.Identity, LeaseHolder.Here("1", "the other drill", DateTimeOffset.UnixEpoch), TimeSpan.Zero, CancellationToken.None);
        using var limit = new RunningTime(TimeSpan.FromSeconds(30), _shop.Time);
        using var scope = RunScope.Open(_shop.Options with { LeaseWait = TimeSpan.FromMinutes(5), RunningTime = limit }, [], limit.Token);
        var running = scope.RunAsync(_shop.Experiment.On(system), CancellationToken.None);
        await _shop.Time.UntilAsync(Task.Delay(TimeSpan.FromMinutes(1), _shop.Time), 200);
        Assert.That((running.IsCompleted, limit.Token.IsCancellationRequested), Is.EqualTo((false, false)));

        await held.Held!.DisposeAsync();
        var result = await _shop.Time.UntilAsync(running, 5);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        _shop.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.That(limit.Token.IsCancellationRequested, Is.True, "afterwards it counts again");
    }

    [Test]
    public async Task What_could_not_be_undone_blocks_only_what_touches_it()
    {
        var stuck = new TestFault("glue", "c1") { Revert = _ => throw new InvalidOperationException("it sticks") };
        var first = await _shop.RunAsync(_shop.Experiment.On(Big).Inject(stuck));
        var same = await _shop.RunAsync(_shop.Experiment.On(Big).Inject(Break("c1")));
        var other = await _shop.RunAsync(_shop.Experiment.On(Big).Inject(Break("c2")));

        Assert.That(first.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That((same.Outcome, other.Outcome), Is.EqualTo((Outcome.Inconclusive, Outcome.Passed)), other.Reason);
        var leftover = LeftoverFaults.Find(_shop.JournalFolder, _shop.Time).Single();
        Assert.That(same.Reason, Does.Contain("'glue'").And.Contain("Undo it by hand").And.Contain(leftover.Id));
        LeftoverFaults.Discard(_shop.JournalFolder, leftover.Id, _shop.Time);
        Assert.That((await _shop.RunAsync(_shop.Experiment.On(Big).Inject(Break("c1")))).Outcome, Is.EqualTo(Outcome.Passed));
    }

    [Test]
    public async Task What_a_killed_run_left_is_undone_first_and_told()
    {
        using (var killed = FaultJournal.Create(_shop.JournalFolder, "killed", _shop.Time))
        {
            killed.Planned(new FaultJournalLine(FaultJournalEvent.Planned, "1", _shop.Time.GetUtcNow()) { Fault = "glue", Targets = ["shop"], System = "shop", Recipe = new RevertRecipe("glue", new Dictionary<string, string>(), "Undo it by hand.") });
        }

        var result = await _shop.RunAsync(_shop.Experiment, _shop.Options with { Reverters = [new Unglue()] });

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(result.Phases.Single(phase => phase.Name == PhaseName.Guard).Detail, Is.EqualTo("undone what a killed run left: glue"));
    }

    private static Fault Break(string target) => Fault.Delegate("break " + target, target, _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask);

    private sealed class Unglue : IRecipeReverter
    {
        public string Kind => "glue";

        public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }

    private sealed record Node(Component Component) : IComponent;

    private sealed class FreezeOnWindows : Fault
    {
        public override string Description => "freeze";

        public override IReadOnlyList<string> Targets => ["shop"];

        public override string? Impossible => "no such signal here";

        protected internal override ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();

        protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => throw new InvalidOperationException();

        protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();

        protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
