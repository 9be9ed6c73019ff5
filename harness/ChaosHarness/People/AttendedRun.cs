using System.Text.Json;
using ChaosHarness.Safety;

namespace ChaosHarness.People;

/// <summary>A run that goes on, for people who take part in it: what they append to its file of people reaches it.</summary>
/// <param name="RunId">Which run.</param>
/// <param name="Name">The name of its experiment.</param>
/// <param name="System">What it breaks.</param>
/// <param name="StartedAt">When it began, UTC.</param>
/// <param name="File">Where people say what they do.</param>
public sealed record AttendedRun(string RunId, string Name, string System, DateTimeOffset StartedAt, string File)
{
    private const string Suffix = ".attended";

    /// <summary>Until when it waits for a person's go, UTC; null when it waits for none.</summary>
    public DateTimeOffset? WaitsUntil { get; init; }

    /// <summary>The hash of the plan that it waits with; null when it waits for no go.</summary>
    public string? Plan { get; init; }

    /// <summary>The text of that plan, a line each; null when it waits for no go.</summary>
    public string? PlanText { get; init; }

    /// <summary>Whether its disaster has struck: what people decide and do before counts for no figure.</summary>
    public bool IsStruck { get; init; }

    /// <summary>The runs of sessions that go on.</summary>
    /// <param name="sessions">The folder that holds a folder for each session; may be missing.</param>
    /// <returns>Those whose process is there, the oldest first.</returns>
    public static IReadOnlyList<AttendedRun> Find(string sessions)
    {
        ArgumentNullException.ThrowIfNull(sessions);
        return Directory.Exists(sessions)
            ? [.. Directory.EnumerateDirectories(sessions).SelectMany(session => HeldFile.Read(session, Suffix)).Select(Read).OfType<AttendedRun>().OrderBy(run => run.StartedAt)]
            : [];
    }

    /// <summary>Has it found until what is returned is disposed or the process ends; null where that cannot be written.</summary>
    internal HeldFile? Show() => HeldFile.Hold(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(File))!, RunId + Suffix), Bytes());

    /// <summary>What is found of it.</summary>
    internal byte[] Bytes() => JsonSerializer.SerializeToUtf8Bytes(this, PeopleJson.Default.AttendedRun);

    private static AttendedRun? Read(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize(content, PeopleJson.Default.AttendedRun) is { RunId: not null, Name: not null, System: not null, File: not null } run ? run : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
