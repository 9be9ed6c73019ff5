using System.Text;

namespace ChaosHarness.GameDay.Calendars;

/// <summary>
/// A calendar in a file of iCalendar (<c>.ics</c>), as calendar programs export it: while one of its events goes on, nothing may be broken. Those
/// that are cancelled or show as free freeze nothing; days without a time, and times without a zone, are those of whoever asks. The file is
/// read again when it has changed. What is not understood makes all of it unreadable: an event that was passed over might be the one that counts.
/// </summary>
public sealed class FreezeCalendar
{
    /// <summary>The size up to which files are read, in bytes.</summary>
    public const int MostBytes = 4 << 20;

    private readonly Lock _lock = new();
    private readonly string? _path;
    private (long Length, DateTime Written) _read;
    private FreezeEvents? _events;

    /// <summary>The calendar of a file, which is looked at when it is first asked.</summary>
    /// <param name="path">Where it is.</param>
    public FreezeCalendar(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        _path = Path.GetFullPath(path);
        Name = _path;
    }

    private FreezeCalendar(string name, FreezeEvents events) => (Name, _events) = (name, events);

    /// <summary>Which calendar it is: the path of its file, or what it was called.</summary>
    public string Name { get; }

    /// <summary>A calendar from its text.</summary>
    /// <param name="text">The text of such a file.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <returns>The calendar.</returns>
    /// <exception cref="UnreadableCalendarException">Something in it is not understood.</exception>
    public static FreezeCalendar Parse(string text, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new FreezeCalendar(name, new FreezeEvents(text, name));
    }

    /// <summary>What is frozen in a time, of which the first may have begun before and the last may end after.</summary>
    /// <param name="from">The first moment.</param>
    /// <param name="until">The first moment that is no longer of it.</param>
    /// <param name="timeZone">The zone of days without a time, and of times without a zone, such as <c>Europe/Berlin</c>.</param>
    /// <returns>The times, in the order in which they begin; they may overlap.</returns>
    /// <exception cref="UnreadableCalendarException">The file is missing, too large, or something in it is not understood.</exception>
    /// <exception cref="ArgumentException">There is no such zone.</exception>
    public IReadOnlyList<Freeze> Between(DateTimeOffset from, DateTimeOffset until, string timeZone)
    {
        ArgumentNullException.ThrowIfNull(timeZone);
        return Current().Between(from, until, Zones.Get(timeZone));
    }

    /// <summary>What is frozen at a moment.</summary>
    /// <param name="moment">The moment.</param>
    /// <param name="timeZone">The zone of days without a time, and of times without a zone.</param>
    /// <returns>The freeze; null when there is none. Of several, the one that ends last.</returns>
    /// <exception cref="UnreadableCalendarException">The file is missing, too large, or something in it is not understood.</exception>
    /// <exception cref="ArgumentException">There is no such zone.</exception>
    public Freeze? At(DateTimeOffset moment, string timeZone) => Between(moment, moment.AddTicks(1), timeZone).MaxBy(freeze => freeze.Until);

    private FreezeEvents Current()
    {
        lock (_lock)
        {
            return _path is null ? _events! : Current(_path);
        }
    }

    private FreezeEvents Current(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists)
            {
                throw new UnreadableCalendarException(path, "there is no such file");
            }

            var found = (file.Length, file.LastWriteTimeUtc);
            if (_events is null || found != _read)
            {
                _events = null;
                _events = new FreezeEvents(Read(path), path);
                _read = found;
            }

            return _events;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UnreadableCalendarException(path, exception.Message, exception);
        }
    }

    // Not by its size alone: a pipe has none.
    private static string Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[MostBytes + 1];
        var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length > MostBytes
            ? throw new UnreadableCalendarException(path, $"it is larger than {MostBytes >> 20} MB; export the freezes alone")
            : Encoding.UTF8.GetString(bytes, 0, length);
    }
}
