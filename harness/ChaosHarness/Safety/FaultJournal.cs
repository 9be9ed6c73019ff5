using System.Text.Json;

namespace ChaosHarness.Safety;

/// <summary>
/// The faults of one run that may still need a revert: a file of JSON lines, flushed to the disk line by line.
/// The file is held open with an exclusive lock, which the operating system drops when the process dies; so whoever can lock it
/// knows that its owner is gone. It is removed once everything in it is reverted.
/// </summary>
internal sealed class FaultJournal : IDisposable
{
    public const string Suffix = ".faults.jsonl";

    /// <summary>Of the file beside it that is locked from the beginning of a run to its end.</summary>
    public const string RunSuffix = ".open";

    private readonly Lock _lock = new();
    private readonly HashSet<string> _open = new(StringComparer.Ordinal);
    private readonly Stream _lines;
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private FileStream? _undoing;
    private bool _isTorn;

    private FaultJournal(FileStream file, TimeProvider time, Stream? lines = null)
    {
        _file = file;
        _lines = lines ?? file;
        _time = time;
    }

    /// <summary>The path of its file.</summary>
    public string Path => _file.Name;

    /// <summary>Begins the journal of a run.</summary>
    /// <param name="folder">Where journals are kept.</param>
    /// <param name="runId">Which run.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="through">What the lines are written through on their way to the file; null for nothing.</param>
    public static FaultJournal Create(string folder, string runId, TimeProvider time, Func<Stream, Stream>? through = null)
    {
        Directory.CreateDirectory(folder);
        var file = new FileStream(System.IO.Path.Combine(folder, runId + Suffix), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        return new FaultJournal(file, time, through?.Invoke(file));
    }

    /// <summary>Takes over the journal of a run whose process is gone; null while that process lives, or when another took it over.</summary>
    public static FaultJournal? TakeOver(string path, TimeProvider time, out IReadOnlyList<FaultJournalLine> openFaults)
    {
        openFaults = [];
        // Said before the journal is had: who comes upon it then knows whose it is.
        var mark = TrySayUndoing(path);
        FileStream file;
        try
        {
            file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            mark?.Dispose();
            return null;
        }

        var journal = new FaultJournal(file, time) { _undoing = mark };
        openFaults = OpenFaults(file);
        foreach (var line in openFaults)
        {
            journal._open.Add(line.Id);
        }

        return journal;
    }

    /// <summary>Whether another process is undoing what a run left: it says so, or somebody has the journal of a run that is over.</summary>
    public static bool IsBeingUndone(string path) => FileLock.IsHeld(path) == true && (FileLock.IsHeld(UndoingMark(path)) == true || FileLock.IsHeld(path[..^Suffix.Length] + RunSuffix) == false);

    /// <summary>Whether a journal is there and nobody has it.</summary>
    public static bool IsFree(string path) => FileLock.IsHeld(path) == false;

    /// <summary>Notes a fault that is about to take effect; returns when that is on the disk.</summary>
    public void Planned(FaultJournalLine fault)
    {
        Append(fault);
        lock (_lock)
        {
            _open.Add(fault.Id);
        }
    }

    /// <summary>Notes that a fault was undone.</summary>
    public void Reverted(string id)
    {
        // Whatever becomes of the line, this process has nothing more to undo.
        lock (_lock)
        {
            _open.Remove(id);
        }

        Append(new FaultJournalLine(FaultJournalEvent.Reverted, id, _time.GetUtcNow()));
    }

    /// <summary>Ends the journal; the file stays only when a fault is still open.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            // Removed while the lock is held, so that nobody takes over a file that is about to go.
            if (_open.Count == 0 && !OperatingSystem.IsWindows())
            {
                TryDelete();
            }

            _file.Dispose();
            if (_open.Count == 0 && OperatingSystem.IsWindows())
            {
                TryDelete();
            }

            _undoing?.Dispose();
        }
    }

    // One that stays holds nothing that is open, or what is undone once more without harm: the next run removes it.
    private void TryDelete()
    {
        try
        {
            File.Delete(_file.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
        }
    }

    // Where it cannot be written others are not told.
    private static FileStream? TrySayUndoing(string path)
    {
        try
        {
            return new FileStream(UndoingMark(path), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string UndoingMark(string path) => path[..^Suffix.Length] + ".undoing";

    private void Append(FaultJournalLine line)
    {
        var json = JsonSerializer.SerializeToUtf8Bytes(line, SafetyJson.Default.FaultJournalLine);
        lock (_lock)
        {
            _file.Seek(0, SeekOrigin.End);
            // What a failed write left behind must not swallow this line.
            byte[] text = _isTorn ? [(byte)'\n', .. json, (byte)'\n'] : [.. json, (byte)'\n'];
            _isTorn = true;
            _lines.Write(text);
            _lines.Flush();
            _file.Flush(flushToDisk: true);
            _isTorn = false;
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
