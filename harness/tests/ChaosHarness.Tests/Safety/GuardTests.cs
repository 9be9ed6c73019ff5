using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Safety;

public sealed class GuardTests
{
    [Test]
    public void A_local_system_may_be_broken() => Assert.That(Guard.WhyRefused(On(Shop(4), 2), new SafetyPolicy()), Is.Null);

    [Test]
    public void An_environment_has_to_be_allowed()
    {
        var staging = Shop(4) with { Environment = "staging" };

        Assert.That(Guard.WhyRefused(On(staging, 1), new SafetyPolicy()), Does.Contain("staging").And.Contain("local"));
        Assert.That(Guard.WhyRefused(On(staging, 1), new SafetyPolicy { AllowedEnvironments = ["local", "Staging"] }), Is.Null);
    }

    [TestCase("production")]
    [TestCase("PROD")]
    public void Production_needs_the_spelled_out_sentence_on_top(string environment)
    {
        var production = On(Shop(4) with { Environment = environment }, 1);
        var policy = new SafetyPolicy { AllowedEnvironments = [environment] };

        Assert.That(Guard.WhyRefused(production, policy), Does.Contain(SafetyPolicy.ProductionPermissionText));
        Assert.That(Guard.WhyRefused(production, policy with { ProductionPermission = "yes" }), Is.Not.Null);
        Assert.That(Guard.WhyRefused(production, policy with { ProductionPermission = SafetyPolicy.ProductionPermissionText }), Is.Null);
        Assert.That(Guard.WhyRefused(production, new SafetyPolicy { ProductionPermission = SafetyPolicy.ProductionPermissionText }), Does.Contain("not among the allowed"));
    }

    [Test]
    public void The_blast_radius_is_bounded_in_number()
    {
        Assert.That(Guard.WhyRefused(On(Shop(100), 5), new SafetyPolicy()), Is.Null);
        Assert.That(Guard.WhyRefused(On(Shop(100), 6), new SafetyPolicy()), Does.Contain("6 components").And.Contain("5"));
    }

    [Test]
    public void The_blast_radius_is_bounded_in_share()
    {
        Assert.That(Guard.WhyRefused(On(Shop(4), 2), new SafetyPolicy()), Is.Null);
        Assert.That(Guard.WhyRefused(On(Shop(4), 3), new SafetyPolicy()), Does.Contain("3 of 4").And.Contain("50%"));
        Assert.That(Guard.WhyRefused(On(new SystemUnderTest("unknown"), 3), new SafetyPolicy()), Is.Null, "a system that lists no components has no share");
    }

    [Test]
    public void The_halt_file_stops_everything()
    {
        var file = Path.GetTempFileName();
        var policy = new SafetyPolicy { HaltFile = file };

        Assert.That(Guard.WhyRefused(On(Shop(4), 1), policy), Does.Contain(file));
        File.Delete(file);
        Assert.That(Guard.WhyRefused(On(Shop(4), 1), policy), Is.Null);
    }

    [Test]
    public void A_fault_that_is_impossible_here_is_refused_with_its_reason()
    {
        var fault = new ImpossibleFault();
        foreach (var wrapped in new[] { fault, Fault.InParallel(fault), Fault.InSequence(fault), fault.For("1s") })
        {
            Assert.That(Guard.WhyRefused(On(Shop(4), wrapped), new SafetyPolicy()), Is.EqualTo("no such signal here"));
        }
    }

    private static SystemUnderTest Shop(int components) =>
        new("shop") { Components = [.. Enumerable.Range(0, components).Select(i => new Component("c" + i, ComponentKind.Service))] };

    private static Experiment On(SystemUnderTest system, int targets) => On(system, Fault.InParallel([.. Enumerable.Range(0, targets).Select(i => Break("c" + i))]));

    private static Experiment On(SystemUnderTest system, Fault fault) => Experiment.Hypothesis("it holds")
        .On(system)
        .Probe(new DelegateProbe("probe", _ => ValueTask.FromResult(ProbeSample.Good)))
        .SteadyState(new SuccessRate("probe").AtLeast(1))
        .Inject(fault)
        .Build();

    private static Fault Break(string target) => Fault.Delegate("break " + target, target, _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask);

    private sealed class ImpossibleFault : SingleFault
    {
        public override string Description => "impossible";

        public override IReadOnlyList<string> Targets => ["c0"];

        public override string? Impossible => "no such signal here";

        protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => throw new InvalidOperationException();

        protected internal override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => throw new InvalidOperationException();

        protected internal override ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => throw new InvalidOperationException();
    }
}
