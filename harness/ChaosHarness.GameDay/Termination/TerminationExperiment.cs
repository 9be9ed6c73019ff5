using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.GameDay.Termination;

/// <summary>A termination as an experiment like any other: looked at, journalled, watched, undone and recorded.</summary>
internal static class TerminationExperiment
{
    /// <summary>What its runs are found by.</summary>
    public const string Label = "random-termination";

    private const string Probe = "health";
    private const int LooksOfSteadyState = 5;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The experiment that loses one instance.</summary>
    /// <param name="settings">What it is of.</param>
    /// <param name="group">The group.</param>
    /// <param name="instances">All instances of the group.</param>
    /// <param name="instance">The one that is lost.</param>
    public static ExperimentBuilder Of(TerminationSettings settings, TerminationGroup group, IReadOnlyList<string> instances, string instance)
    {
        var health = group.Health ?? settings.Outage;
        var experiment = Experiment.Hypothesis($"{group.Name} goes on without one of its instances, whichever it is")
            .Named($"Random termination of {group.Name}")
            .Identified($"{Label}/{group.Name}")
            .On(new SystemUnderTest(group.Name)
            {
                Environment = settings.Environment,
                Reach = SystemReach.Shared,
                Topology = "instances",
                Components = [.. instances.Select(name => new Component(name, ComponentKind.Service))],
            })
            .Probe(new DelegateProbe(Probe, async token => await health.WhyBadAsync(token).ConfigureAwait(false) is { } why ? ProbeSample.Bad(why) : ProbeSample.Good) { Interval = group.Every, Timeout = Patience })
            .SteadyState(new SuccessRate(Probe).AtLeast(1))
            .SteadyFor(DurationText.Format(group.Every * LooksOfSteadyState))
            .Inject(Fault.Command(
                $"terminate {instance}",
                instance,
                TerminationGroup.For(instance, group.Terminate),
                group.Restore is { } restore ? TerminationGroup.For(instance, restore) : null,
                group.Look is { } look ? TerminationGroup.For(instance, look) : null));
        return group.Rto is { } rto ? experiment.Expect(Recovered.Within(rto)) : experiment;
    }
}
