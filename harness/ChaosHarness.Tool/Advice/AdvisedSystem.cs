using ChaosHarness.Experiments;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles;
using ChaosHarness.Systems;

namespace ChaosHarness.Tool.Advice;

/// <summary>A system that advice is given on: what it consists of, and what it is held to.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Environment">Where it runs.</param>
/// <param name="Components">Its components and links.</param>
internal sealed record AdvisedSystem(string Name, string Environment, IReadOnlyList<Component> Components)
{
    /// <summary>The objectives that it has, by what they are of.</summary>
    public IReadOnlyList<string> Objectives { get; init; } = [];

    /// <summary>The file that describes it; null where its components are known from runs alone.</summary>
    public string? Path { get; init; }

    /// <summary>The experiments that its file can do; null without a file.</summary>
    public IReadOnlyList<SweepCase>? Cases { get; init; }

    /// <summary>A system of a file.</summary>
    public static AdvisedSystem Of(SystemFile file, string path) => new(file.Name, file.Environment, file.Components)
    {
        Objectives = Names(file.Plan.Objectives),
        Path = path,
        Cases = file.AllCases,
    };

    /// <summary>A system as a run of it was recorded.</summary>
    public static AdvisedSystem Of(RunRecord run) => new(run.System, run.Environment, run.Components) { Objectives = Names(run.Objectives) };

    /// <summary>The experiments that every system of these components should have.</summary>
    public IReadOnlyList<SweepCase> Expected =>
    [
        .. Parts.Select(component => new SweepCase(SweepKind.LoseComponent, component.Name)),
        .. Parts.Select(component => new SweepCase(SweepKind.FreezeComponent, component.Name)),
        .. Parts.GroupBy(component => component.Zone).Where(zone => zone is { Key: not null } && zone.Count() > 1).Select(zone => new SweepCase(SweepKind.LoseZone, zone.Key!)),
        .. Links.Select(link => new SweepCase(SweepKind.CutLink, link.Name)),
        .. Links.Select(link => new SweepCase(SweepKind.SlowLink, link.Name)),
        new SweepCase(SweepKind.RestartOneByOne, Name),
    ];

    /// <summary>What of it is no link.</summary>
    public IReadOnlyList<Component> Parts => [.. Components.Where(component => component.Kind != ComponentKind.Link)];

    /// <summary>Its links.</summary>
    public IReadOnlyList<Component> Links => [.. Components.Where(component => component.Kind == ComponentKind.Link)];

    private static List<string> Names(Expectations.Objectives objectives) =>
    [
        .. objectives.Rto is null ? Array.Empty<string>() : ["rto"],
        .. objectives.Rpo is null ? Array.Empty<string>() : ["rpo"],
        .. objectives.Availability is null ? Array.Empty<string>() : ["availability"],
    ];
}
