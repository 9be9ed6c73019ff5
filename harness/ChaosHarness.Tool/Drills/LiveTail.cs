using System.Text;
using ChaosHarness.Live;

namespace ChaosHarness.Tool.Drills;

/// <summary>Follows a live feed: each time what was added since the last.</summary>
internal sealed class LiveTail(string file)
{
    private readonly StringBuilder _rest = new();
    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private long _read;

    /// <summary>Reads the lines that are there by now; nothing while the file is missing.</summary>
    public IReadOnlyList<LiveEntry> Read()
    {
        try
        {
            return File.Exists(file) ? ReadMore() : [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // At the next look, or never.
            return [];
        }
    }

    private List<LiveEntry> ReadMore()
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _read;
        var bytes = new byte[64 * 1024];
        var characters = new char[bytes.Length];
        while (stream.Read(bytes) is > 0 and var count)
        {
            _read += count;
            _rest.Append(characters, 0, _decoder.GetChars(bytes, 0, count, characters, 0));
        }

        // The last line may not be whole yet.
        var lines = _rest.ToString().Split('\n');
        _rest.Clear().Append(lines[^1]);
        return [.. lines[..^1].Select(LiveEntry.Read).OfType<LiveEntry>()];
    }
}
