using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text;

namespace ChaosHarness.Safety;

/// <summary>
/// An order that everything is to stop, given as a file: while it is there no run begins, and every run that looks at it is halted and reverted, in whichever
/// process. Any file will do; one that <see cref="Engage"/> wrote says who gave the order and why.
/// </summary>
/// <param name="By">Who gave it; null when nobody said.</param>
/// <param name="Why">Why; null when nobody said.</param>
public sealed partial record HaltOrder(string? By = null, string? Why = null)
{
    /// <summary>What the file of an order is called.</summary>
    public const string FileName = "HALT";

    private const int LongestText = 500;
    private const int LongestFile = 16 * 1024;
    private const int Looks = 8;
    private static readonly TimeSpan WrittenWithin = TimeSpan.FromMilliseconds(5);

    /// <summary>When it was given, UTC; null when nobody said.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>The order that every run of this user on this machine looks at.</summary>
    public static string OfThisMachine { get; } = Path.Combine(UserFolder.Path, FileName);

    /// <summary>Gives an order. Of two at once the first counts.</summary>
    /// <param name="file">Its file.</param>
    /// <param name="order">The order.</param>
    /// <returns>Whether it is this one that counts; false when one was given before.</returns>
    /// <exception cref="IOException">The file could not be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file could not be written.</exception>
    public static bool Engage(string file, HaltOrder order)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(order);
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        if (Path.Exists(file))
        {
            return false;
        }

        var written = $"{file}.{Guid.NewGuid():N}";
        try
        {
            Write(written, JsonSerializer.SerializeToUtf8Bytes(order, SafetyJson.Default.HaltOrder));
            // Only one can take the place, and whoever looks sees all of it or none: that decides who was first.
            return TakePlace(written, file);
        }
        catch (Exception exception) when (Path.Exists(file) && exception is (IOException or UnauthorizedAccessException))
        {
            return false;
        }
        finally
        {
            File.Delete(written);
        }
    }

    /// <summary>Takes an order back: runs may begin again.</summary>
    /// <param name="file">Its file.</param>
    /// <returns>The order; null when there was none.</returns>
    /// <exception cref="IOException">The file could not be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">The file could not be removed.</exception>
    public static HaltOrder? Release(string file)
    {
        var order = Find(file);
        if (order is not null)
        {
            File.Delete(file);
        }

        return order;
    }

    /// <summary>Looks for an order.</summary>
    /// <param name="file">Its file.</param>
    /// <returns>The order; null when there is none. One that cannot be read counts all the same.</returns>
    public static HaltOrder? Find(string file)
    {
        ArgumentNullException.ThrowIfNull(file);
        return Path.Exists(file) && Read(file) is { } order ? order : null;
    }

    /// <summary>Who and why, such as <c>by ann: the pager rings</c>; empty when nobody said.</summary>
    /// <returns>The words.</returns>
    public override string ToString() => (Clean(By), Clean(Why)) switch
    {
        ({ } by, { } why) => $"by {by}: {why}",
        ({ } by, null) => $"by {by}",
        (null, { } why) => $"by somebody: {why}",
        _ => "",
    };

    // On Unix a move looks whether something is there, and then replaces what came in between: a second name is given, or not.
    private static bool TakePlace(string written, string file)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(written, file) == 0)
            {
                return true;
            }

            if (Path.Exists(file))
            {
                return false;
            }
        }

        File.Move(written, file, overwrite: false);
        return true;
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string existing, string created);

    private static void Write(string file, byte[] content)
    {
        using var stream = new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            stream.Write(content);
        }
        catch (IOException)
        {
            // On a disk that is full it says nothing, and is an order as good as any.
        }
    }

    // Null when it was taken back meanwhile.
    private static HaltOrder? Read(string file)
    {
        try
        {
            var text = Text(file);
            for (var look = 1; text.Length == 0 && look <= Looks; look++)
            {
                // One that a person makes by hand may be there a moment before it says anything.
                Thread.Sleep(WrittenWithin);
                text = Text(file);
            }

            return text.StartsWith('{') && JsonSerializer.Deserialize(text, SafetyJson.Default.HaltOrder) is { } order ? order : new HaltOrder(Why: text);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or NotSupportedException)
        {
            // It is there: that is all that counts.
            return new HaltOrder();
        }
    }

    private static string Text(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[LongestFile];
        return Encoding.UTF8.GetString(bytes, 0, stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)).Trim();
    }

    private static string? Clean(string? text)
    {
        var line = TerminalText.Of((text ?? "").ReplaceLineEndings(" ").Trim());
        return line.Length == 0 ? null : line.Length <= LongestText ? line : line[..LongestText];
    }
}
