using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Faults;
using ChaosHarness.Workloads;

namespace ChaosHarness.Tests.Experiments;

public sealed class ExperimentBuilderTests
{
    private static readonly Fault Break = Fault.Delegate("break it", "db", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask);
    private static readonly Probe Probe = new DelegateProbe("probe", _ => ValueTask.FromResult(ProbeSample.Good));

    [Test]
    public void What_is_complete_builds()
    {
        var experiment = Valid().Build();

        Assert.That(experiment.Name, Is.EqualTo("it holds"));
        Assert.That(experiment.RecoverySignal, Is.EqualTo("probe"));
        Assert.That(Valid().Named("short").Build().Name, Is.EqualTo("short"));
    }

    [Test]
    public void An_empty_experiment_is_told_everything_that_is_missing()
    {
        var mistakes = Mistakes(Experiment.Hypothesis(" "));

        Assert.That(mistakes, Has.Exactly(4).Items);
        Assert.That(mistakes, Has.Some.StartsWith("Hypothesis").And.Some.StartsWith("Inject").And.Some.StartsWith("SteadyState").And.Some.StartsWith("Workload"));
    }

    [Test]
    public void Every_mistake_is_named_in_one_exception()
    {
        var builder = Valid()
            .On(new SystemUnderTest("shop") { Components = [new Component("web", ComponentKind.Service)] })
            .Workload(new Workload("probe", 0, (_, _) => ValueTask.FromResult(WriteOutcome.Ack())).SlowAfter("x"))
            .SteadyState(new SuccessRate("nobody").AtLeast(2), new Latency("probe").Percentile(99).AtMost("soon"))
            .SteadyFor("0s")
            .Stability(0, "61s")
            .Deadline("later")
            .ObserveAtLeast("a")
            .VerifyWithin("b")
            .VerifyAtLeast("c")
            .RecoveryOf("someone")
            .StopWhen(StopCondition.AvailabilityBelow("nothing", 0.5, "1s"))
            .Objectives(Objectives.Parse(null, "0 writes", null));

        var exception = Assert.Throws<InvalidExperimentException>(() => builder.Build())!;

        foreach (var expected in new[]
        {
            "Deadline: 'later'", "ObserveAtLeast: 'a'", "VerifyWithin: 'b'", "VerifyAtLeast: 'c'", "Stability: at least 1", "Deadline: it must be longer",
            "SteadyFor", "Expect 'lost at most 0 writes': nobody can tell what became of the writes of 'probe'; give it a ReadBack.", "PerSecond", "SlowThreshold: 'x'", "a success rate is 0 to 1", "'soon'", "the name 'probe' is used 2 times",
            "called 'nobody'", "called 'someone'", "called 'nothing'", "'db', which is no component of shop. There are: web.",
        })
        {
            Assert.That(exception.Message, Does.Contain(expected));
        }

        Assert.That(exception.Mistakes, Has.Count.EqualTo(17));
        Assert.That(exception.Message, Does.StartWith("The experiment has 17 mistakes:\n  - "));
    }

    [Test]
    public void A_fault_without_targets_is_a_mistake() =>
        Assert.That(Mistakes(Valid().Inject(Schedule.InParallel())).Single(), Does.Contain("InParallel: the list is empty"));

    [TestCase(null)]
    [TestCase(" ")]
    public void A_fault_that_does_not_say_what_it_does_is_a_mistake(string? description) =>
        Assert.That(Mistakes(Valid().Inject(new TestFault(description!, "db"))).Single(), Is.EqualTo("Inject, Given: a fault of type TestFault has no Description; say what it does, such as 'crash db-a'."));

    [Test]
    public void Options_with_a_recorder_watcher_reverter_or_lease_that_is_not_there_are_refused_where_they_are_made()
    {
        var options = new RunnerOptions();
        foreach (var (make, name) in new (Func<RunnerOptions>, string)[]
        {
            (() => options with { Recorders = [null!] }, "Recorders"), (() => options with { Watchers = [null!] }, "Watchers"), (() => options with { Reverters = null! }, "Reverters"), (() => options with { Leases = [null!] }, "Leases"),
        })
        {
            Assert.That(() => make(), Throws.ArgumentException.With.Message.StartsWith($"{name} is null, or one of them is."));
        }
    }

    [Test]
    public void What_nothing_could_ever_meet_is_a_mistake_and_no_verdict()
    {
        var writes = new Workload("orders", 10, (_, _) => ValueTask.FromResult(WriteOutcome.Ack()));
        var readBack = writes.ReadBack(_ => AsyncEnumerable.Empty<long>());

        Assert.That(Mistakes(Valid().Expect(Lost.Nothing)).Single(), Does.Contain("there is no workload, so no write can be lost"));
        Assert.That(Mistakes(Valid().Workload(readBack, writes with { Name = "more" }).Expect(Lost.Nothing)).Single(), Does.Contain("the writes of 'more'; give it a ReadBack"));
        Assert.That(() => Valid().Workload(readBack).Expect(Lost.Nothing).Build(), Throws.Nothing);
        foreach (var silent in new[] { Detected.Within("1s"), Detected.By("monitor", "1s") })
        {
            Assert.That(Mistakes(Valid().Expect(silent)).Single(), Does.Contain("has no Signals, so it cannot say anything of itself"));
        }

        var promoted = new SignalMatch(SignalKind.Promoted);
        foreach (var waiting in new[] { Schedule.After(promoted, Break), Schedule.InSequence(Break.For("1s"), Schedule.At("1s", Schedule.After(promoted, Break).For("1s").Times(2, "1s"))) })
        {
            Assert.That(Mistakes(Valid().Inject(waiting)).Single(), Does.StartWith("Inject: 'break").And.Contain("would wait for ever, as system has no Signals"));
        }
    }

    [Test]
    public void Recovery_is_waited_for_as_long_as_what_is_expected_of_it_allows()
    {
        var slow = Valid().Expect(Recovered.Within("3m") & Lost.Nothing);

        Assert.That(Valid().RecoveryDeadline, Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(slow.RecoveryDeadline, Is.EqualTo(TimeSpan.FromSeconds(181)));
        Assert.That(Valid().Objectives(Objectives.Parse("10m", null, null)).RecoveryDeadline, Is.EqualTo(TimeSpan.FromSeconds(601)));
        Assert.That(slow.On(new SystemUnderTest("shop") { Speed = 20 }).RecoveryDeadline, Is.EqualTo(TimeSpan.FromSeconds(60)));
        Assert.That(Mistakes(Valid().Expect(Recovered.Within("3m")).Deadline("2m")).Single(), Does.StartWith("Deadline: it is 2m, shorter than the RTO of 3m;"));
        Assert.That(Mistakes(Valid().Expect(Recovered.Within("3m")).On(new SystemUnderTest("shop") { Speed = 20, Components = [new Component("db", ComponentKind.Database)] }).Deadline("8s")).Single(), Does.Contain("shorter than the RTO of 9s here;"));
    }

    [TestCase(0)]
    [TestCase(-1)]
    [TestCase(1e-9)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_speed_that_no_system_has_is_a_mistake(double speed) =>
        Assert.That(Mistakes(Valid().Expect(Recovered.Within("3m")).On(new SystemUnderTest("shop") { Speed = speed, Components = [new Component("db", ComponentKind.Database)] })).Single(), Does.StartWith("On: the Speed of shop must be from 0.001 to 1000000;"));

    [Test]
    public void A_component_that_is_there_twice_is_a_mistake()
    {
        var shop = new SystemUnderTest("shop") { Components = [new Component("db", ComponentKind.Database), new Component("db", ComponentKind.Database), new Component("web", ComponentKind.Service)] };

        Assert.That(Mistakes(Valid().On(shop)).Single(), Does.StartWith("On: shop has 2 components called 'db'"));
    }

    [Test]
    public void A_builder_is_never_changed()
    {
        var builder = Valid();
        _ = builder.Inject(Break).SteadyFor("9s").Deadline("x");

        Assert.That(builder.Schedules, Has.Count.EqualTo(1));
        Assert.That(builder.SteadyWindow, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(() => builder.Build(), Throws.Nothing);
    }

    [Test]
    public void A_workload_with_wrong_settings_is_a_mistake()
    {
        var workload = new Workload(" ", 10_001, (_, _) => ValueTask.FromResult(WriteOutcome.Ack())) { Timeout = TimeSpan.Zero, SlowThreshold = TimeSpan.Zero };

        Assert.That(workload.Mistakes(), Has.Exactly(4).Items);
        Assert.That((workload with { Name = "w", PerSecond = 10_000 }).TimeoutAfter("1s").SlowAfter("1s").Mistakes(), Is.Empty);
        Assert.That((workload with { Name = "w", PerSecond = double.NaN }).TimeoutAfter("1s").SlowAfter("1s").Mistakes(), Has.Exactly(1).Items);
    }

    [Test]
    public void Mistakes_that_a_test_framework_prints_are_no_name_of_a_type() => Assert.That(new InvalidExperimentException(["one", "two"]).Mistakes.ToString(), Is.EqualTo("2"));

    private static IReadOnlyList<string> Mistakes(ExperimentBuilder builder) => Assert.Throws<InvalidExperimentException>(() => builder.Build())!.Mistakes;

    private static ExperimentBuilder Valid() => Experiment.Hypothesis("it holds").Probe(Probe).SteadyState(new SuccessRate("probe").AtLeast(1)).Inject(Break);
}
