using System.Text;
using System.Text.Json;
using ChaosHarness.Expectations;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>
/// A file that is there while a run is: what it is on its first line, then a line for each step. It is locked by its process, so one
/// that can be locked is of a process that ended before its run did.
/// </summary>
internal sealed class OpenRun : IDisposable
{
    public const string Suffix = ".open";
    private readonly FileStream _file;

    private OpenRun(FileStream file) => _file = file;

    /// <summary>Begins the file. A run whose folder cannot be written goes on without: the fault journal decides whether anything may be injected.</summary>
    public static OpenRun? Begin(string folder, OpenRunHeader header)
    {
        try
        {
            Directory.CreateDirectory(folder);
            var run = new OpenRun(new FileStream(Path.Combine(folder, header.RunId + Suffix), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None));
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

    /// <summary>Notes that a step begins.</summary>
    public void Reaches(PhaseName phase) => Write(phase.ToString());

    /// <summary>Ends the file: the run has a record now.</summary>
    public void Dispose()
    {
        // Removed while the lock is held, so that nobody takes over a file that is about to go.
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

    private void Write(string line)
    {
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

    private RunRecord? Read()
    {
        using var reader = new StreamReader(_file, leaveOpen: true);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return lines is [var first, ..] && Header(first) is { } header ? Record(header, lines.Length > 1 ? lines[^1] : nameof(PhaseName.Build), File.GetLastWriteTimeUtc(_file.Name)) : null;
    }

    private static OpenRunHeader? Header(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, OpenRunJson.Default.OpenRunHeader);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static RunRecord Record(OpenRunHeader header, string phase, DateTime lastSeen)
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
            Components = header.Components,
            StartedAt = header.StartedAt,
            Duration = lasted > TimeSpan.Zero ? lasted : TimeSpan.Zero,
            Outcome = Outcome.Broken,
            Reason = $"the process ended during {phase}",
            Objectives = Objectives.None,
            Phases = [.. Enum.GetValues<PhaseName>().Select(name => new PhaseRecord(name, name.ToString() == phase ? PhaseStatus.Broken : PhaseStatus.Skipped, default(TimeWindow)))],
            Faults = [],
            Timeline = [],
            Observations = [],
        };
    }
}
