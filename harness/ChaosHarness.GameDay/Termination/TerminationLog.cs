using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ChaosHarness.GameDay.Termination;

/// <summary>
/// What became of planned terminations, in a file that is only ever added to. An entry is on the disk before anything follows from it, so that who
/// is killed half way does not terminate twice.
/// </summary>
internal sealed class TerminationLog : IDisposable
{
    private static readonly int[] LockedErrors = [unchecked((int)0x80070020), unchecked((int)0x80070021), 11, 35];
    private readonly Lock _lock = new();
    private readonly List<TerminationEntry> _entries;
    private readonly FileStream? _file;
    private readonly FileStream? _owner;

    private TerminationLog(List<TerminationEntry> entries, FileStream? file = null, FileStream? owner = null) => (_entries, _file, _owner) = (entries, file, owner);

    /// <summary>Reads a log; one that is not there is empty.</summary>
    /// <exception cref="FormatException">A line of it cannot be read; names the file and the line.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static TerminationLog Read(string path) => new(Entries(path).Entries);

    /// <summary>Opens a log to add to it; nobody else can until it is disposed of.</summary>
    /// <exception cref="FormatException">A line of it cannot be read; names the file and the line.</exception>
    /// <exception cref="IOException">It cannot be written, or somebody else has it.</exception>
    public static TerminationLog Open(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var owner = Own(path);
        FileStream? file = null;
        try
        {
            var (entries, length) = Entries(path);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
            // What was cut off in the middle of a line was not on the disk before anything followed from it.
            file.SetLength(length);
            file.Seek(0, SeekOrigin.End);
            return new TerminationLog(entries, file, owner);
        }
        catch
        {
            file?.Dispose();
            owner.Dispose();
            throw;
        }
    }

    /// <summary>Everything in it, in the order in which it was written.</summary>
    public IReadOnlyList<TerminationEntry> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _entries];
            }
        }
    }

    /// <summary>Whether it is known what became of a group's termination on a day.</summary>
    public bool IsSettled(string group, DateOnly day)
    {
        lock (_lock)
        {
            return _entries.Exists(entry => entry.Group == group && entry.Day == day);
        }
    }

    /// <summary>The working day of the last termination before a day, by group: of those that were done, begun, or would have been done.</summary>
    public IReadOnlyDictionary<string, DateOnly> LastBefore(DateOnly day)
    {
        lock (_lock)
        {
            return _entries.Where(entry => entry.Day < day).GroupBy(entry => (entry.Group, entry.Day)).Where(Counts).GroupBy(entries => entries.Key.Group).ToDictionary(days => days.Key, days => days.Max(entries => entries.Key.Day), StringComparer.Ordinal);
        }
    }

    /// <summary>Adds an entry, and returns when it is on the disk.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Add(TerminationEntry entry)
    {
        lock (_lock)
        {
            _file!.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(entry, TerminationJson.Default.TerminationEntry) + "\n"));
            _file.Flush(flushToDisk: true);
            _entries.Add(entry);
        }
    }

    public void Dispose()
    {
        _file?.Dispose();
        _owner?.Dispose();
    }

    private static bool Counts(IEnumerable<TerminationEntry> ofOneDay) =>
        ofOneDay.Any(entry => entry.Event is TerminationEvent.Chosen or TerminationEvent.WouldTerminate) && ofOneDay.All(entry => entry.Event != TerminationEvent.NotTerminated);

    private static FileStream Own(string path)
    {
        try
        {
            return new FileStream(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception) when (LockedErrors.Contains(exception.HResult))
        {
            throw new IOException($"Another chaos monkey runs with {path}: let it go on, or end it first.", exception);
        }
    }

    private static (List<TerminationEntry> Entries, long Length) Entries(string path)
    {
        var entries = new List<TerminationEntry>();
        if (!File.Exists(path))
        {
            return (entries, 0);
        }

        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var memory = new MemoryStream();
        file.CopyTo(memory);
        var bytes = memory.ToArray();
        var whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        var lines = Encoding.UTF8.GetString(bytes, 0, whole).Split('\n');
        for (var number = 0; number < lines.Length - 1; number++)
        {
            entries.Add(Entry(lines[number]) ?? throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"{path}, line {number + 1}: this is no entry of a log of terminations, and without it nobody knows when the last one was. Mend the line, or remove it.")));
        }

        return (entries, whole);
    }

    private static TerminationEntry? Entry(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, TerminationJson.Default.TerminationEntry);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
