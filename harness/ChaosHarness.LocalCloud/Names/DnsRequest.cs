using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>Writes questions of DNS.</summary>
internal static class DnsRequest
{
    private const int LongestLabel = 63;
    private const int LongestName = 253;

    /// <summary>Asks for the IPv4 address of a name, with a number that nobody can guess.</summary>
    /// <exception cref="SocketException">It can be no name.</exception>
    public static byte[] For(string name)
    {
        var labels = name.TrimEnd('.').Split('.');
        if (name.Length > LongestName || Array.Exists(labels, label => label.Length is 0 or > LongestLabel || !Ascii.IsValid(label)))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return
        [
            .. RandomNumberGenerator.GetBytes(2),
            // Recursion is asked for, as every client does.
            0x01, 0, 0, 1, 0, 0, 0, 0, 0, 0,
            .. labels.SelectMany(label => (byte[])[(byte)label.Length, .. Encoding.ASCII.GetBytes(label)]),
            0, 0, (byte)DnsQuestion.TypeA, 0, (byte)DnsQuestion.Internet,
        ];
    }
}
