using System.Globalization;
using System.Net;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>The TCP sockets that listen and that are connected, as /proc/net/tcp and tcp6 list them.</summary>
/// <param name="folder">Where /proc is.</param>
internal sealed class SocketTable(string folder = Machine.ProcessTable.Usual)
{
    public const int Most = 10_000;
    private const string Established = "01";
    private const string Listening = "0A";

    /// <summary>Reads them; the rest beyond <see cref="Most"/> is left out.</summary>
    /// <param name="isCut">Whether there were more.</param>
    public IReadOnlyList<SocketEntry> Read(out bool isCut)
    {
        var found = new List<SocketEntry>();
        isCut = false;
        foreach (var line in Lines("tcp").Concat(Lines("tcp6")))
        {
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields is not [_, var local, var remote, Established or Listening, _, _, _, _, _, var inode, ..] || Parse(local) is not { } here || Parse(remote) is not { } there || !long.TryParse(inode, CultureInfo.InvariantCulture, out var number))
            {
                continue;
            }

            if (found.Count == Most)
            {
                isCut = true;
                break;
            }

            found.Add(new SocketEntry(here, there, fields[3] == Listening, number));
        }

        return found;
    }

    private IEnumerable<string> Lines(string file)
    {
        var path = Path.Combine(folder, "net", file);
        return File.Exists(path) ? File.ReadLines(path).Skip(1) : [];
    }

    // An address is so many words of 32 bits in the order of the machine, then the port.
    private static IPEndPoint? Parse(string text)
    {
        var parts = text.Split(':');
        if (parts is not [{ Length: 8 or 32 } words, var port] || !int.TryParse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var number))
        {
            return null;
        }

        var bytes = new byte[words.Length / 2];
        for (var word = 0; word < words.Length / 8; word++)
        {
            if (!uint.TryParse(words.AsSpan(word * 8, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var value))
            {
                return null;
            }

            BitConverter.TryWriteBytes(bytes.AsSpan(word * 4), value);
        }

        var address = new IPAddress(bytes);
        return new IPEndPoint(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address, number);
    }
}
