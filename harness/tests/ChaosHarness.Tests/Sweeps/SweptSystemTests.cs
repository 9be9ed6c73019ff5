using ChaosHarness.Experiments;
using ChaosHarness.Expectations;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Sweeps;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Experiments;

namespace ChaosHarness.Tests.Sweeps;

public sealed class SweptSystemTests
{
    private readonly List<string> _calls = [];
    private FakeSystem _shop = null!;

    [SetUp]
    public void OpenShop()
    {
        _calls.Clear();
        _shop = new FakeSystem();
    }

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public void There_is_an_experiment_for_all_that_can_be_done_and_none_for_what_cannot()
    {
        var system = Shop with
        {
            Components = [Component("web-1", "a"), Component("web-2", "a"), Component("db", "b") with { Freeze = null }, new SweptComponent(new Component("agent", ComponentKind.Control, "c"))],
            Links = [new SweptLink("web to db") { Cut = Fault("cut"), Slow = Fault }, new SweptLink("web to cache") { Cut = Fault("cut") }],
        };

        Assert.That(system.Cases.Select(what => what.ToString()), Is.EqualTo(new[]
        {
            "lose web-1", "lose web-2", "lose db", "freeze web-1", "freeze web-2", "lose zone a", "cut web to db", "cut web to cache", "slow web to db", "restart shop one by one",
        }));
        Assert.That(Shop.Cases, Is.Empty, "a system of which nothing is known");
        Assert.That(() => system.Cases.Select(system.Experiment).Select(experiment => experiment.Build()).ToList(), Throws.Nothing);
    }

    [TestCase(SweepKind.FreezeComponent, "agent")]
    [TestCase(SweepKind.LoseComponent, "web-9")]
    [TestCase(SweepKind.LoseZone, "z")]
    [TestCase(SweepKind.SlowLink, "web-1")]
    [TestCase(SweepKind.RestartOneByOne, "shop")]
    public void What_cannot_be_done_is_refused_with_what_can(SweepKind kind, string target)
    {
        var system = Shop with { Components = [Component("web-1", null) with { Stop = null }, new SweptComponent(new Component("agent", ComponentKind.Control))] };

        Assert.That(
            () => system.Experiment(new SweepCase(kind, target)),
            Throws.ArgumentException.With.Message.StartsWith($"shop cannot do '{new SweepCase(kind, target)}'. It can: 'lose web-1', 'freeze web-1'."));
    }

    [Test]
    public async Task A_zone_is_lost_whole_and_comes_back_whole()
    {
        var system = Shop with { Components = [Component("web-1", "a"), Component("web-2", "a"), Component("web-3", "b")] };

        await RunAsync(system, new SweepCase(SweepKind.LoseZone, "a"));

        Assert.That(_calls, Is.EquivalentTo(new[] { "crash web-1", "crash web-2", "undo crash web-1", "undo crash web-2" }));
        Assert.That(_calls.Take(2), Is.EquivalentTo(new[] { "crash web-1", "crash web-2" }), "none is back before all are gone");
    }

    [Test]
    public async Task In_a_rolling_restart_each_is_back_before_the_next_goes()
    {
        var system = Shop with { Components = [Component("web-1", "a"), Component("web-2", "a") with { Stop = null }, Component("web-3", "b")] };

        await RunAsync(system, new SweepCase(SweepKind.RestartOneByOne, "shop"));

        Assert.That(_calls, Is.EqualTo(new[] { "stop web-1", "undo stop web-1", "stop web-3", "undo stop web-3" }));
    }

    [Test]
    public async Task It_is_held_to_what_the_system_is_held_to()
    {
        var system = Shop with
        {
            Components = [new SweptComponent(new Component("web", ComponentKind.Service)) { Crash = _shop.Outage }],
            Objectives = Objectives.Parse(rto: "1s", rpo: null, availability: null),
            Length = "2s",
        };

        var run = await RunAsync(system, new SweepCase(SweepKind.LoseComponent, "web"));

        Assert.That((run.Outcome, run.Name), Is.EqualTo((Outcome.Failed, "lose web")), run.Reason);
        Assert.That(run.Reason, Does.Contain("1s"));
    }

    private SweptSystem Shop => new(_shop.Experiment.Build().System)
    {
        Workloads = _shop.Experiment.Build().Workloads,
        SteadyState = [new SuccessRate("orders").AtLeast(1)],
        Length = "100ms",
    };

    private async Task<RunRecord> RunAsync(SweptSystem system, SweepCase what)
    {
        var all = new SafetyPolicy { HaltFiles = [], MaximumTargets = 10, MaximumTargetShare = 1 };
        return await _shop.RunAsync(system.Experiment(what).SteadyFor("200ms").Stability(10, "200ms").Deadline("5s").VerifyWithin("2s"), _shop.Options with { Safety = all });
    }

    private SweptComponent Component(string name, string? zone) => new(new Component(name, ComponentKind.Service, zone)) { Crash = Fault($"crash {name}"), Stop = Fault($"stop {name}"), Freeze = Fault($"freeze {name}") };

    private Fault Fault(string what) => ChaosHarness.Faults.Fault.Delegate(what, what.Split(' ')[^1], _ => Note(what), _ => Note($"undo {what}"));

    private ValueTask Note(string what)
    {
        lock (_calls)
        {
            _calls.Add(what);
        }

        return ValueTask.CompletedTask;
    }
}
