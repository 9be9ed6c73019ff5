using System.Text;
using ChaosHarness.Sweeps;
using ChaosHarness.SystemFiles.Forms;
using ChaosHarness.SystemFiles.Parts;
using ChaosHarness.SystemFiles.Plans;
using ChaosHarness.SystemFiles.Sections;
using ChaosHarness.SystemFiles.Yaml;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles;

/// <summary>
/// A system described in one file, such as <c>system.yaml</c>: what it consists of, how each part is found, broken and brought back, what its users do, and what it
/// is held to. Reading it touches nothing of the system.
/// </summary>
public sealed class SystemFile
{
    private const int MostBytes = 4 << 20;

    private readonly Lazy<SweptSystem> _swept;

    private SystemFile(SystemPlan plan)
    {
        Plan = plan;
        _swept = new Lazy<SweptSystem>(() => SystemParts.Unused(plan));
    }

    /// <summary>What the system is called.</summary>
    public string Name => Plan.Name;

    /// <summary>Where it runs: what may be broken is decided by it.</summary>
    public string Environment => Plan.Environment;

    /// <summary>Its components and links.</summary>
    public IReadOnlyList<Component> Components => [.. Plan.Components.Select(component => component.Component), .. Plan.Links.Select(link => new Component(link.Name, ComponentKind.Link))];

    /// <summary>The most components that one experiment may hit: a part of the safety policy.</summary>
    public int MaximumTargets => Plan.MaximumTargets;

    /// <summary>The same as a share of all, 0 to 1.</summary>
    public double MaximumTargetShare => Plan.MaximumShare;

    /// <summary>Every generic experiment that the file describes, also those beyond its limits.</summary>
    public IReadOnlyList<SweepCase> AllCases => _swept.Value.Cases;

    internal SystemPlan Plan { get; }

    /// <summary>Reads a file.</summary>
    /// <param name="path">Where it is; paths in it are meant from its folder.</param>
    /// <returns>The system.</returns>
    /// <exception cref="SystemFileException">It describes no system; every mistake in it is named, with its line and column.</exception>
    /// <exception cref="IOException">It is not there, or cannot be read.</exception>
    public static SystemFile Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no file {path}. docs/system-file.md shows what is in one; `chaos discover` writes one from what runs here.");
        }

        using var stream = file.OpenRead();
        var bytes = new byte[MostBytes + 1];
        var length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > MostBytes
            ? throw new SystemFileException(path, [new SystemFileMistake(1, 1, $"the file is larger than {MostBytes >> 20} MB, which is the most that is read.")])
            : Parse(Encoding.UTF8.GetString(bytes, 0, length).TrimStart('\uFEFF'), path, file.DirectoryName!);
    }

    /// <summary>Reads the text of a file.</summary>
    /// <param name="text">The text.</param>
    /// <param name="name">What the file is called in messages.</param>
    /// <param name="folder">Where paths in it are meant from.</param>
    /// <returns>The system.</returns>
    /// <exception cref="SystemFileException">It describes no system; every mistake in it is named, with its line and column.</exception>
    public static SystemFile Parse(string text, string name = "system.yaml", string folder = ".")
    {
        ArgumentNullException.ThrowIfNull(text);
        var reading = new Reading(Path.GetFullPath(folder), System.Environment.GetEnvironmentVariable);
        var plan = PlanOf(text, reading);
        return reading.Mistakes.Found is { Count: > 0 } mistakes ? throw new SystemFileException(name, mistakes) : new SystemFile(plan!);
    }

    /// <summary>
    /// The generic experiments of a file that its limits allow, for the cases of a test: <c>[TestCaseSource]</c> of NUnit takes them. They are the same in every run, and
    /// nothing is started for them.
    /// </summary>
    /// <param name="path">The file: from the folder where the tests run, or the next one above it that has such a file.</param>
    /// <returns>The cases.</returns>
    /// <exception cref="SystemFileException">It describes no system.</exception>
    /// <exception cref="IOException">It is nowhere, or cannot be read.</exception>
    public static IReadOnlyList<SweepCase> Cases(string path) => Find(path).AllowedCases;

    /// <summary>Reads a file that is in the folder where the tests run, or above it.</summary>
    /// <param name="path">Such as <c>system.yaml</c>.</param>
    /// <returns>The system.</returns>
    /// <exception cref="SystemFileException">It describes no system.</exception>
    /// <exception cref="IOException">It is nowhere, or cannot be read.</exception>
    public static SystemFile Find(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, path)))
            {
                return Read(Path.Combine(folder.FullName, path));
            }
        }

        return Read(path);
    }

    /// <summary>The generic experiments that the limits of the file allow.</summary>
    public IReadOnlyList<SweepCase> AllowedCases => [.. AllCases.Where(one => WhyBeyond(one) is null)];

    /// <summary>Starts what the harness runs itself: its proxies, then the components in the order of the file, each when the one before is ready.</summary>
    /// <param name="cancellationToken">Ends the start; what was started is ended.</param>
    /// <returns>The system; disposed, what was started is ended.</returns>
    /// <exception cref="Experiments.NotRunException">It could not be started; says why.</exception>
    /// <exception cref="Experiments.ImpossibleException">This machine can start no such system.</exception>
    public Task<RunningSystem> StartAsync(CancellationToken cancellationToken = default) => RunningSystem.StartAsync(Plan, cancellationToken);

    /// <summary>The parts that nothing can be done to.</summary>
    internal IReadOnlyList<string> Untouched => [.. _swept.Value.Components.Where(component => component is { Crash: null, Stop: null, Freeze: null }).Select(component => component.Component.Name)];

    /// <summary>What an experiment hits.</summary>
    internal IReadOnlyList<string> TargetsOf(SweepCase one) => one.Kind switch
    {
        SweepKind.LoseZone => [.. _swept.Value.Components.Where(component => component.Component.Zone == one.Target && component.Crash is not null).Select(component => component.Component.Name)],
        SweepKind.RestartOneByOne => [.. _swept.Value.Components.Where(component => component.Stop is not null).Select(component => component.Component.Name)],
        _ => [one.Target],
    };

    /// <summary>Why an experiment is beyond the blast radius of the file, as the guard would refuse it; null when it is within.</summary>
    internal string? WhyBeyond(SweepCase one)
    {
        var hit = TargetsOf(one).Count;
        return hit > MaximumTargets || hit > Math.Max(1, MaximumTargetShare * Components.Count)
            ? FormattableString.Invariant($"it may hit {hit} of {Components.Count}, and the limits are {MaximumTargets} and {MaximumTargetShare * 100:0.#}%; to allow it: limits: {{ targets: {Math.Max(hit, MaximumTargets)}, share: {Math.Ceiling(100.0 * hit / Components.Count)}% }}")
            : null;
    }

    private static SystemPlan? PlanOf(string text, Reading reading)
    {
        var node = YamlTree.Read(text, reading.Mistakes);
        if (node is null or YamlText { Value: "" })
        {
            if (reading.Mistakes.Found.Count == 0)
            {
                reading.Mistakes.Add(new Place(1, 1), "the file is empty; it begins with system: and a name.");
            }

            return null;
        }

        return SystemSection.Section.TryRead(node, reading, out var values) ? PlanReader.Read(values, reading.Mistakes, reading.Folder) : null;
    }
}
