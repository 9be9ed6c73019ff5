using System.Globalization;
using System.Text.Json;
using ChaosHarness.Safety;

namespace ChaosHarness.People;

/// <summary>A board of a session that goes on: a page that shows its runs, and takes what people do.</summary>
/// <param name="Address">Where it answers. Who knows the address may halt the session: keep it among those who take part.</param>
/// <param name="Process">The number of the process that serves it.</param>
/// <param name="Since">Since when, UTC.</param>
public sealed record SessionBoard(string Address, int Process, DateTimeOffset Since)
{
    private const string Suffix = ".board";

    /// <summary>The boards of sessions that go on.</summary>
    /// <param name="sessions">The folder that holds a folder for each session; may be missing.</param>
    /// <returns>Those whose process is there, the oldest first.</returns>
    public static IReadOnlyList<SessionBoard> Find(string sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        return Directory.Exists(sessions) ? [.. Directory.EnumerateDirectories(sessions).SelectMany(In).OrderBy(board => board.Since)] : [];
    }

    /// <summary>The boards of one session: one for each process of its tests.</summary>
    /// <param name="session">The folder of the session; may be missing.</param>
    /// <returns>Those whose process is there.</returns>
    public static IReadOnlyList<SessionBoard> In(string session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return [.. HeldFile.Read(session, Suffix).Select(Read).OfType<SessionBoard>()];
    }

    /// <summary>Has it found, until what is returned is disposed or the process ends.</summary>
    /// <param name="session">The folder of the session.</param>
    /// <returns>What ends it; null where that cannot be written.</returns>
    public IDisposable? Show(string session)
    {
        ArgumentNullException.ThrowIfNull(session);
        return HeldFile.Hold(Path.Combine(session, Process.ToString(CultureInfo.InvariantCulture) + Suffix), JsonSerializer.SerializeToUtf8Bytes(this, PeopleJson.Default.SessionBoard));
    }

    private static SessionBoard? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, PeopleJson.Default.SessionBoard) is { Address: not null } board ? board : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
