using System.Text;
using System.Text.Json;
using ChaosHarness.Safety;

namespace ChaosHarness.People;

/// <summary>What a person did in a drill. Every run of the session reads it within a tenth of a second, whichever process it is in.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="By">Who; at most 100 characters count.</param>
public sealed record PersonAct(PersonActKind Kind, string By)
{
    /// <summary>What the file of a session is called.</summary>
    public const string FileName = "people.jsonl";

    private const int Attempts = 200;
    private const int LongestName = 100;
    private const int LongestText = 2_000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    /// <summary>In which role, such as <c>incident commander</c>; null when nobody said. At most 100 characters count.</summary>
    public string? Role { get; init; }

    /// <summary>What they say of it; null for nothing. At most 2 000 characters count.</summary>
    public string? Text { get; init; }

    /// <summary>Which run it is for; null for all of the session.</summary>
    public string? RunId { get; init; }

    /// <summary>Of a go: the hash of the plan that they were shown. A run that waits with another one does not take it for its go. Null when nobody said.</summary>
    public string? Plan { get; init; }

    /// <summary>When, UTC; null when nobody said.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The name with the role, such as <c>ann (incident commander)</c>.</summary>
    public string Who => Role is { Length: > 0 } role ? $"{By} ({role})" : By;

    /// <summary>Writes it down, for every run that reads the file. Several people may do so at once.</summary>
    /// <param name="file">The file; made when it is missing.</param>
    /// <exception cref="InvalidOperationException">Nobody is named: what a person did is theirs alone.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file cannot be written.</exception>
    public void Append(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        if (string.IsNullOrWhiteSpace(By))
        {
            throw new InvalidOperationException($"Say who it is: {nameof(By)} is blank.");
        }

        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        var line = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(Clean(), PeopleJson.Default.PersonAct) + "\n");
        for (var attempt = 1; !TryAppend(file, line, isLast: attempt == Attempts); attempt++)
        {
            Thread.Sleep(Pause);
        }
    }

    // One at a time: where a file ends is looked up when it is opened, and two at once would write to the same place.
    private static bool TryAppend(string file, byte[] line, bool isLast)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            // What was cut off, by a kill or a full disk, must not swallow this.
            var isTorn = stream.Length > 0 && stream.Seek(-1, SeekOrigin.End) >= 0 && stream.ReadByte() != '\n';
            stream.Seek(0, SeekOrigin.End);
            stream.Write(isTorn ? [(byte)'\n', .. line] : line);
            return true;
        }
        catch (IOException) when (!isLast)
        {
            return false;
        }
    }

    /// <summary>Reads a line.</summary>
    /// <returns>The act; null when the line is none.</returns>
    internal static PersonAct? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize(line, PeopleJson.Default.PersonAct) is { } act && !string.IsNullOrWhiteSpace(act.By) && Enum.IsDefined(act.Kind) ? act.Clean() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private PersonAct Clean() => this with
    {
        By = Clean(By, LongestName),
        Role = Clean(Role, LongestName) is { Length: > 0 } role ? role : null,
        Plan = Clean(Plan, LongestName) is { Length: > 0 } plan ? plan : null,
        Text = Clean(Text, LongestText) is { Length: > 0 } text ? text : null,
    };

    private static string Clean(string? text, int longest)
    {
        var line = TerminalText.Of((text ?? "").ReplaceLineEndings(" ").Trim());
        var end = Math.Min(line.Length, longest);
        return line[..(end > 0 && end < line.Length && char.IsHighSurrogate(line[end - 1]) ? end - 1 : end)];
    }
}
