using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Probes;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;

namespace ChaosHarness.Sweeps;

/// <summary>
/// A system as generic experiments see it, on whatever it runs: its parts and what can be done to each, what its users do meanwhile, what normal is,
/// and what it is held to. From it come the experiments that every system should pass before any that is written for it alone.
/// </summary>
/// <param name="UnderTest">The system.</param>
public sealed record SweptSystem(SystemUnderTest UnderTest)
{
    /// <summary>Its components.</summary>
    public IReadOnlyList<SweptComponent> Components { get; init; } = [];

    /// <summary>The links between them.</summary>
    public IReadOnlyList<SweptLink> Links { get; init; } = [];

    /// <summary>What its users do.</summary>
    public IReadOnlyList<Workload> Workloads { get; init; } = [];

    /// <summary>What else is looked at.</summary>
    public IReadOnlyList<Probe> Probes { get; init; } = [];

    /// <summary>What normal is.</summary>
    public IReadOnlyList<SteadyStateCondition> SteadyState { get; init; } = [];

    /// <summary>How long normal has to hold before anything is broken.</summary>
    /// <value>Default: <c>2s</c>.</value>
    public string SteadyFor { get; init; } = "2s";

    /// <summary>What it is held to, whatever is lost.</summary>
    /// <value>Default: nothing; then it is measured and not judged.</value>
    public Objectives Objectives { get; init; } = Objectives.None;

    /// <summary>How much a slow link delays each way that data goes.</summary>
    /// <value>Default: <c>300ms</c>.</value>
    public string Delay { get; init; } = "300ms";

    /// <summary>How long a component stays away, hangs, or a link is cut or slow.</summary>
    /// <value>Default: <c>3s</c>.</value>
    public string Length { get; init; } = "3s";

    /// <summary>Every generic experiment that can be done to it.</summary>
    public IReadOnlyList<SweepCase> Cases =>
    [
        .. Components.Where(component => component.Crash is not null).Select(component => new SweepCase(SweepKind.LoseComponent, component.Component.Name)),
        .. Components.Where(component => component.Freeze is not null).Select(component => new SweepCase(SweepKind.FreezeComponent, component.Component.Name)),
        // A zone with a single component is no more than that component.
        .. Components.Where(component => component.Crash is not null).GroupBy(component => component.Component.Zone).Where(zone => zone is { Key: not null } && zone.Count() > 1).Select(zone => zone.Key!).Select(zone => new SweepCase(SweepKind.LoseZone, zone)),
        .. Links.Where(link => link.Cut is not null).Select(link => new SweepCase(SweepKind.CutLink, link.Name)),
        .. Links.Where(link => link.Slow is not null).Select(link => new SweepCase(SweepKind.SlowLink, link.Name)),
        .. Components.Any(component => component.Stop is not null) ? [new SweepCase(SweepKind.RestartOneByOne, UnderTest.Name)] : (IReadOnlyList<SweepCase>)[],
    ];

    /// <summary>Begins the experiment of a case; a test may add to it.</summary>
    /// <param name="case">One of <see cref="Cases"/>.</param>
    /// <returns>The experiment, not yet built.</returns>
    /// <exception cref="ArgumentException">The system has no such part, or this cannot be done to it.</exception>
    public ExperimentBuilder Experiment(SweepCase @case)
    {
        ArgumentNullException.ThrowIfNull(@case);
        return ChaosHarness.Experiments.Experiment.Hypothesis($"{UnderTest.Name} stands it: {@case}")
            .Named(@case.ToString())
            .On(UnderTest)
            .Workload(Workloads)
            .Probe(Probes)
            .SteadyState(SteadyState)
            .SteadyFor(SteadyFor)
            .Objectives(Objectives)
            .Inject(Of(@case));
    }

    private Schedule Of(SweepCase @case) => @case.Kind switch
    {
        SweepKind.LoseComponent when Part(@case)?.Crash is { } crash => ((Schedule)crash).For(Length),
        SweepKind.FreezeComponent when Part(@case)?.Freeze is { } freeze => ((Schedule)freeze).For(Length),
        SweepKind.LoseZone when Zone(@case) is { Count: > 0 } zone => Schedule.InParallel(zone).For(Length),
        SweepKind.CutLink when Link(@case)?.Cut is { } cut => ((Schedule)cut).For(Length),
        SweepKind.SlowLink when Link(@case)?.Slow is { } slow => ((Schedule)slow(Delay)).For(Length),
        SweepKind.RestartOneByOne when Restarts() is { Count: > 0 } restarts => Schedule.InSequence(restarts),
        _ => throw new ArgumentException($"{UnderTest.Name} cannot do '{@case}'. It can: {string.Join(", ", Cases.Select(known => $"'{known}'"))}.", nameof(@case)),
    };

    private SweptComponent? Part(SweepCase @case) => Components.FirstOrDefault(component => component.Component.Name == @case.Target);

    private SweptLink? Link(SweepCase @case) => Links.FirstOrDefault(link => link.Name == @case.Target);

    private List<Schedule> Zone(SweepCase @case) => [.. Components.Where(component => component.Component.Zone == @case.Target).Select(component => component.Crash).OfType<Faults.Fault>().Select(fault => (Schedule)fault)];

    // Down for no longer than it takes: the way back waits until it is ready, and only then the next one goes.
    private List<Schedule> Restarts() => [.. Components.Select(component => component.Stop).OfType<Faults.Fault>().Select(fault => ((Schedule)fault).For("1ms"))];
}
