using System.Text.Json;
using ChaosHarness.Faults;

namespace ChaosHarness.Safety;

/// <summary>
/// The faults of one run that may still need a revert: a file of JSON lines, flushed to the disk line by line.
/// The file is held open with an exclusive lock, which the operating system drops when the process dies; so whoever can lock it
/// knows that its owner is gone. It is removed once everything in it is reverted.
/// </summary>
internal sealed class FaultJournal : IDisposable
{
    public const string Suffix = ".faults.jsonl";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly FileStream _file;
    private readonly TimeProvider _time;

    private FaultJournal(FileStream file, TimeProvider time)
    {
        _file = file;
        _time = time;
    }

    /// <summary>Begins the journal of a run.</summary>
    public static FaultJournal Create(string folder, string runId, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(Path.Combine(folder, runId + Suffix), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        return new FaultJournal(file, time);
    }

    /// <summary>Takes over the journal of a run whose process is gone; null while that process lives, or when another took it over.</summary>
    public static FaultJournal? TakeOver(string path, TimeProvider time, out IReadOnlyList<FaultJournalLine> openFaults)
    {
        openFaults = [];
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }

        var journal = new FaultJournal(file, time);
        openFaults = OpenFaults(file);
        foreach (var line in openFaults)
        {
            journal._open.Add(line.Id);
        }

        return journal;
    }

    /// <summary>Notes a fault that is about to take effect; returns when that is on the disk.</summary>
    public void Planned(string id, string fault, RevertRecipe recipe)
    {
        Append(new FaultJournalLine(FaultJournalEvent.Planned, id, _time.GetUtcNow()) { Fault = fault, Recipe = recipe });
        lock (_lock)
        {
            _open.Add(id);
        }
    }

    /// <summary>Notes that a fault was undone.</summary>
    public void Reverted(string id)
    {
        Append(new FaultJournalLine(FaultJournalEvent.Reverted, id, _time.GetUtcNow()));
        lock (_lock)
        {
            _open.Remove(id);
        }
    }

    /// <summary>Ends the journal; the file stays only when a fault is still open.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            // Removed while the lock is held, so that nobody takes over a file that is about to go.
            if (_open.Count == 0 && !OperatingSystem.IsWindows())
            {
                File.Delete(_file.Name);
            }

            _file.Dispose();
            if (_open.Count == 0 && OperatingSystem.IsWindows())
            {
                File.Delete(_file.Name);
            }
        }
    }

    private void Append(FaultJournalLine line)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(line, SafetyJson.Default.FaultJournalLine);
        lock (_lock)
        {
            _file.Seek(0, SeekOrigin.End);
            _file.Write([.. json, (byte)'\n']);
            _file.Flush(flushToDisk: true);
        }
    }

    // A last line that was cut off is passed over: its fault had not taken effect, or its revert will be done again.
    private static List<FaultJournalLine> OpenFaults(FileStream file)
    {
        var open = new List<FaultJournalLine>();
        using var reader = new StreamReader(file, leaveOpen: true);
        while (reader.ReadLine() is { } text)
        {
            if (TryRead(text) is not { } line)
            {
                continue;
            }

            if (line is { Event: FaultJournalEvent.Planned, Recipe: not null })
            {
                open.Add(line);
            }
            else
            {
                open.RemoveAll(fault => fault.Id == line.Id);
            }
        }

        return open;
    }

    private static FaultJournalLine? TryRead(string text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, SafetyJson.Default.FaultJournalLine);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
