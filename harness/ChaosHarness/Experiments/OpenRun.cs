using System.Text;
using System.Text.Json;
using ChaosHarness.Expectations;
using ChaosHarness.People;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>
/// A file that is there while a run is: what it is on its first line, then a line for each step, when it is halted, and when it is over. It is locked by its process, so one
/// that can be locked is of a process that ended before its run did.
/// </summary>
internal sealed class OpenRun : IDisposable
{
    public const string Suffix = FaultJournal.RunSuffix;
    // No step is called so.
    private const string HaltedBecause = "Halted: ";
    private const string EndedAs = "Ended: ";
    private const string PlannedAs = "Plan: ";
    private readonly Lock _lock = new();
    private readonly TaskCompletionSource _over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly FileStream _file;

    private OpenRun(FileStream file) => _file = file;

    /// <summary>Ends when the run has a record.</summary>
    public Task Over => _over.Task;

    /// <summary>Begins the file. A run whose folder cannot be written goes on without: the fault journal decides whether anything may be injected.</summary>
    public static OpenRun? Begin(string folder, OpenRunHeader header)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var run = new OpenRun(new FileStream(Path.Combine(folder, header.RunId + Suffix), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0));
            run.Write(JsonSerializer.Serialize(header, OpenRunJson.Default.OpenRunHeader));
            return run;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Takes over what processes left that ended before their runs did, and makes records of them.</summary>
    public static IReadOnlyList<RunRecord> TakeOver(string folder)
    {
        var records = new List<RunRecord>();
        if (!Directory.Exists(folder))
        {
            return records;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*" + Suffix).Order(StringComparer.Ordinal))
        {
            try
            {
                using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                using var run = new OpenRun(file);
                if (run.Read() is { } record)
                {
                    records.Add(record);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Its process lives, or another took it over.
            }
        }

        return records;
    }

    /// <summary>Notes what the run is going to do, before anybody decides on it.</summary>
    public void Planned(PlanRecord plan) => Write(PlannedAs + JsonSerializer.Serialize(plan, OpenRunJson.Default.PlanRecord));

    /// <summary>Notes that a step begins.</summary>
    public void Reaches(PhaseName phase) => Write(phase.ToString());

    /// <summary>Notes that the run is being halted: what asks for it often ends the process soon after.</summary>
    public void Halted(string reason) => Write(HaltedBecause + reason.ReplaceLineEndings(" "));

    /// <summary>Notes how the run ended, for as long as its test has not made a record of it.</summary>
    public void Ended(Outcome outcome, string? reason) => Write($"{EndedAs}{outcome} {reason?.ReplaceLineEndings(" ")}");

    /// <summary>Ends the file: the run has a record now.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            try
            {
                // Removed while it is locked, so that nobody takes over a file that is about to go.
                if (!OperatingSystem.IsWindows())
                {
                    File.Delete(_file.Name);
                }

                _file.Dispose();
                if (OperatingSystem.IsWindows())
                {
                    File.Delete(_file.Name);
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It stays, and would be told as a run that was killed; the record of this one is no worse for that.
            }
        }

        _over.TrySetResult();
    }

    private void Write(string line)
    {
        lock (_lock)
        {
            if (!_file.CanWrite)
            {
                return;
            }

            try
            {
                _file.Write(Encoding.UTF8.GetBytes(line + "\n"));
                _file.Flush();
            }
            catch (IOException)
            {
                // A full disk must not keep anything from being undone.
            }
        }
    }

    private RunRecord? Read()
    {
        using var reader = new StreamReader(_file, leaveOpen: true);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines is not [var first, .. var noted] || Header(first) is not { } header)
        {
            return null;
        }

        var undone = noted.Where(line => line.StartsWith(UndoneNote.Prefix, StringComparison.Ordinal)).Select(line => line[UndoneNote.Prefix.Length..]).ToList();
        var phase = noted.LastOrDefault(line => Enum.TryParse<PhaseName>(line, out _)) ?? nameof(PhaseName.Build);
        var (outcome, reason) = EndOf(noted, phase);
        return Record(header, phase, (outcome, undone.Count == 0 ? reason : $"{reason}. Undone since: {string.Join(", ", undone)}"), File.GetLastWriteTimeUtc(_file.Name)) with { Plan = PlanOf(noted) };
    }

    // How it ended counts more than what it was halted for: something may not have been undone.
    private static (Outcome Outcome, string Reason) EndOf(IReadOnlyList<string> noted, string phase)
    {
        if (noted.FirstOrDefault(line => line.StartsWith(EndedAs, StringComparison.Ordinal))?[EndedAs.Length..].Split(' ', 2) is [var name, var reason]
            && Enum.TryParse<Outcome>(name, out var outcome) && outcome is Outcome.Broken or Outcome.Halted)
        {
            return (outcome, $"{reason}; then the process ended before the test did");
        }

        var halt = noted.FirstOrDefault(line => line.StartsWith(HaltedBecause, StringComparison.Ordinal))?[HaltedBecause.Length..];
        return halt is null ? (Outcome.Broken, $"the process ended during {phase}") : (Outcome.Halted, $"{halt}; then the process ended during {phase}");
    }

    // Whoever kills a process may cut a line short.
    private static PlanRecord? PlanOf(IEnumerable<string> noted)
    {
        try
        {
            return noted.LastOrDefault(line => line.StartsWith(PlannedAs, StringComparison.Ordinal)) is { } line ? JsonSerializer.Deserialize(line[PlannedAs.Length..], OpenRunJson.Default.PlanRecord) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static OpenRunHeader? Header(string line)
    {
        try
        {
            var header = JsonSerializer.Deserialize(line, OpenRunJson.Default.OpenRunHeader);
            return header is { RunId: not null, Name: not null, Hypothesis: not null, System: not null, Environment: not null, Topology: not null } ? header : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // What people did outlives the process, in a file of their own.
    private static IReadOnlyList<TimelineEvent> ActsIn(OpenRunHeader header) => header.PeopleFile is not { } file ? [] :
    [
        .. new PeopleTail(file, fromStart: true).Read()
            .Where(act => (act.RunId is null || act.RunId == header.RunId) && act.At >= header.StartedAt)
            .Select(act => Timelines.Of(RunPeople.MarkOf(act, act.At!.Value - header.StartedAt)))
            .OrderBy(entry => entry.At),
    ];

    private static RunRecord Record(OpenRunHeader header, string phase, (Outcome Outcome, string Reason) end, DateTime lastSeen)
    {
        var lasted = lastSeen - header.StartedAt.UtcDateTime;
        return new RunRecord
        {
            RunId = header.RunId,
            ExperimentId = header.ExperimentId,
            Parameters = header.Parameters,
            Interrupted = true,
            Name = header.Name,
            Labels = header.Labels,
            Origin = header.Origin,
            Hypothesis = header.Hypothesis,
            System = header.System,
            Environment = header.Environment,
            Topology = header.Topology,
            Speed = header.Speed,
            Components = header.Components,
            Versions = header.Versions,
            StartedAt = header.StartedAt,
            Duration = lasted > TimeSpan.Zero ? lasted : TimeSpan.Zero,
            Outcome = end.Outcome,
            Reason = end.Reason,
            Objectives = Objectives.None,
            Phases = [.. Enum.GetValues<PhaseName>().Select(name => new PhaseRecord(name, name.ToString() == phase ? PhaseStatus.Broken : PhaseStatus.Skipped, default(TimeWindow)))],
            Faults = [],
            Timeline = ActsIn(header),
            Observations = [],
        };
    }
}
