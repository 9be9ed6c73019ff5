using System.CommandLine;
using System.Text;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Reports;

/// <summary>The journals of a folder, the latest first: they are called after their runs, whose ids sort by time.</summary>
/// <param name="folder">The folder; one that is missing holds none.</param>
internal sealed class RunJournals(string folder)
{
    private const int Named = 5;

    /// <summary>Where they are.</summary>
    public string Folder => folder;

    /// <summary>The ids of the runs.</summary>
    public IReadOnlyList<string> Ids { get; } = !Directory.Exists(folder)
        ? []
        : [.. Directory.EnumerateFiles(folder, "*" + Journal.Suffix).Select(path => Path.GetFileName(path)[..^Journal.Suffix.Length]).OrderDescending(StringComparer.Ordinal)];

    /// <summary>Where journals are, asked for by every command that reads them.</summary>
    public static Option<DirectoryInfo?> Option() => new("--journals") { Description = "The folder of journals. Default: artifacts/journals." };

    /// <summary>Those of the folder that is meant.</summary>
    public static RunJournals Of(DirectoryInfo? given) => new(given?.FullName ?? Path.Combine(Workspace.Current.Artifacts, "journals"));

    /// <summary>Where the journal of a run is.</summary>
    public string PathOf(string id) => Path.Combine(folder, id + Journal.Suffix);

    /// <summary>Reads the record of a run.</summary>
    /// <exception cref="UsageException">There is no such run, or its journal cannot be read.</exception>
    public RunRecord Read(string id) => ReadWhole(id).Record;

    /// <summary>Reads the record of a run, and its journal as it is.</summary>
    /// <exception cref="UsageException">There is no such run, or its journal cannot be read.</exception>
    public (RunRecord Record, byte[] Journal) ReadWhole(string id)
    {
        if (!Ids.Contains(id))
        {
            throw new UsageException($"There is no journal of run '{TerminalText.Of(id)}' in {Workspace.Shown(folder)}. {Latest()}");
        }

        try
        {
            var text = File.ReadAllBytes(PathOf(id));
            return (Read(id, text), text);
        }
        catch (FormatException exception)
        {
            throw new UsageException($"{Workspace.Shown(PathOf(id))} cannot be read: {exception.Message}");
        }
    }

    /// <summary>Reads the latest run that people attended, else the latest. Journals that cannot be read are named and passed over.</summary>
    /// <exception cref="UsageException">There is none that can be read.</exception>
    public RunRecord ReadLatest(Action<string> tell)
    {
        RunRecord? latest = null;
        foreach (var id in Ids)
        {
            try
            {
                // Most runs are nobody's, and large: they need not be read to know.
                var text = File.ReadAllBytes(PathOf(id));
                var maybe = text.AsSpan().IndexOf("\"Person\""u8) >= 0 || text.AsSpan().IndexOf("\"go\""u8) >= 0;
                var record = latest is null || maybe ? Read(id, text) : null;
                if (record is not null && DrilledRun.IsAttended(record))
                {
                    return record;
                }

                latest ??= record;
            }
            catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
            {
                tell($"Passed over {Workspace.Shown(PathOf(id))}: {exception.Message}");
            }
        }

        return latest ?? throw new UsageException($"There is no journal that can be read in {Workspace.Shown(folder)}. Run a drill first (chaos drill), or say where they are with --journals.");
    }

    /// <summary>Reads the latest run that is a step of a scenario. Journals that cannot be read are named and passed over.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public RunRecord ReadLatestStep(Action<string> tell)
    {
        foreach (var id in Ids)
        {
            try
            {
                var text = File.ReadAllBytes(PathOf(id));
                if (text.AsSpan().IndexOf("\"scenarioRun\""u8) >= 0 && Read(id, text) is { Step.ScenarioRun: not null } record)
                {
                    return record;
                }
            }
            catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
            {
                tell($"Passed over {Workspace.Shown(PathOf(id))}: {exception.Message}");
            }
        }

        throw new UsageException($"There is no step of a scenario in {Workspace.Shown(folder)}. Name a run that is one, or leave --scenario out.");
    }

    /// <summary>Reads all runs of the scenario that a run is a step of, in the order of the steps. Journals that cannot be read are named and passed over.</summary>
    /// <exception cref="UsageException">It is no step of one that is known.</exception>
    public IReadOnlyList<RunRecord> StepsOf(RunRecord run, Action<string> tell)
    {
        var scenario = run.Step?.ScenarioRun ?? throw new UsageException($"Run '{TerminalText.Of(run.RunId)}' is no step of a scenario, or of an earlier version that did not keep of which. Name a run that is one, or leave --scenario out.");
        var steps = new List<RunRecord> { run };
        foreach (var id in Ids.Where(id => id != run.RunId))
        {
            try
            {
                var text = File.ReadAllBytes(PathOf(id));
                if (text.AsSpan().IndexOf(Encoding.UTF8.GetBytes(scenario)) >= 0 && Read(id, text) is { Step.ScenarioRun: { } other } record && other == scenario)
                {
                    steps.Add(record);
                }
            }
            catch (Exception exception) when (exception is FormatException or IOException or UnauthorizedAccessException)
            {
                tell($"Passed over {Workspace.Shown(PathOf(id))}: {exception.Message}");
            }
        }

        return [.. steps.OrderBy(step => step.Step!.Number)];
    }

    // What is written is called after the run: nobody's journal may say where that goes.
    private static RunRecord Read(string id, ReadOnlySpan<byte> text) => Journal.Read(text) is var record && record.RunId == id
        ? record
        : throw new FormatException($"It is the journal of run '{TerminalText.Of(record.RunId)}', and is called after another.");

    private string Latest() => Ids.Count == 0 ? "It holds none: run a drill first (chaos drill), or say where they are with --journals." : $"The latest are: {string.Join(", ", Ids.Take(Named).Select(TerminalText.Of))}.";
}
