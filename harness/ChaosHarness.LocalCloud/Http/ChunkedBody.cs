using System.Globalization;
using System.Text;

namespace ChaosHarness.LocalCloud.Http;

/// <summary>Bodies in chunks of their own, each with a signature or without: what clients send when they sign while they read.</summary>
internal sealed class ChunkedBody
{
    private readonly List<(string? Signature, ReadOnlyMemory<byte> Content)> _chunks = [];

    private ChunkedBody()
    {
    }

    /// <summary>The chunks in their order; the last one is empty.</summary>
    public IReadOnlyList<(string? Signature, ReadOnlyMemory<byte> Content)> Chunks => _chunks;

    /// <summary>What came behind the chunks, such as a checksum.</summary>
    public Dictionary<string, string> Trailers { get; } = new(StringComparer.OrdinalIgnoreCase);

    public byte[] Content
    {
        get
        {
            using var content = new MemoryStream();
            foreach (var (_, chunk) in _chunks)
            {
                content.Write(chunk.Span);
            }

            return content.ToArray();
        }
    }

    public static bool IsUsedBy(ApiRequest request) => request.Header("X-Amz-Content-Sha256")?.StartsWith("STREAMING-", StringComparison.Ordinal) is true;

    /// <summary>The content of a body.</summary>
    /// <exception cref="AwsErrorException">The chunks are cut short or badly formed.</exception>
    public static byte[] Read(byte[] body) => Parse(body).Content;

    /// <exception cref="AwsErrorException">The chunks are cut short or badly formed.</exception>
    public static ChunkedBody Parse(byte[] body)
    {
        var parsed = new ChunkedBody();
        var at = 0;
        while (true)
        {
            var line = body.AsSpan(at).IndexOf("\r\n"u8);
            if (line < 0)
            {
                throw Incomplete();
            }

            var heading = Encoding.ASCII.GetString(body, at, line).Split(';');
            if (!int.TryParse(heading[0], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var size) || at + line + 2 + size > body.Length)
            {
                throw Incomplete();
            }

            at += line + 2;
            var signature = heading.Skip(1).FirstOrDefault(part => part.StartsWith("chunk-signature=", StringComparison.Ordinal))?["chunk-signature=".Length..];
            parsed._chunks.Add((signature, body.AsMemory(at, size)));
            if (size == 0)
            {
                parsed.ReadTrailers(Encoding.ASCII.GetString(body, at, body.Length - at));
                return parsed;
            }

            at += size + 2;
        }
    }

    private void ReadTrailers(string text)
    {
        foreach (var line in text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
            {
                Trailers[line[..colon].Trim()] = line[(colon + 1)..].Trim();
            }
        }
    }

    private static AwsErrorException Incomplete() => new("IncompleteBody", "You did not provide the number of bytes specified by the Content-Length HTTP header.");
}
