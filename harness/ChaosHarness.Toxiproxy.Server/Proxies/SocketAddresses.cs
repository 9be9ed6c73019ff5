using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>Addresses as the original writes them: <c>host:port</c>, where no host means every interface; and <c>unix:/path</c>.</summary>
internal static class SocketAddresses
{
    private const string UnixPrefix = "unix:";

    /// <summary>The end points of an address, in the order to try.</summary>
    /// <param name="text">The address.</param>
    /// <param name="cancellationToken">Ends the look-up of a name.</param>
    /// <returns>At least one.</returns>
    /// <exception cref="FormatException">It is no address, or its name leads nowhere.</exception>
    public static async ValueTask<EndPoint[]> ResolveAsync(string text, CancellationToken cancellationToken)
    {
        if (text.StartsWith(UnixPrefix, StringComparison.Ordinal))
        {
            return [UnixEndPoint(text)];
        }

        var (host, port) = text.Length == 0 ? ("", 0) : Split(text);
        if (host.Length == 0)
        {
            return [new IPEndPoint(Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any, port)];
        }

        if (IPAddress.TryParse(host, out var literal))
        {
            return [new IPEndPoint(literal, port)];
        }

        try
        {
            var addresses = await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            return addresses.Length > 0
                // As the original: a name that has both means its IPv4 address first.
                ? [.. addresses.OrderBy(address => address.AddressFamily).Select(address => new IPEndPoint(address, port))]
                : throw new FormatException($"lookup {host}: no such host");
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new FormatException($"lookup {host}: no such host", exception);
        }
    }

    /// <summary>How a bound or resolved end point is written.</summary>
    /// <param name="endPoint">The end point.</param>
    /// <returns>The address.</returns>
    public static string Format(EndPoint endPoint) => endPoint is UnixDomainSocketEndPoint unix ? UnixPrefix + unix : endPoint.ToString()!;

    private static UnixDomainSocketEndPoint UnixEndPoint(string text)
    {
        try
        {
            return new UnixDomainSocketEndPoint(text[UnixPrefix.Length..]);
        }
        catch (ArgumentException exception)
        {
            throw new FormatException($"address {text}: {exception.Message}", exception);
        }
    }

    private static (string Host, int Port) Split(string text)
    {
        var colon = text.LastIndexOf(':');
        if (colon < 0)
        {
            throw new FormatException($"address {text}: missing port in address");
        }

        var host = text[..colon];
        if (host.StartsWith('[') && host.EndsWith(']'))
        {
            host = host[1..^1];
        }
        else if (host.Contains(':', StringComparison.Ordinal))
        {
            throw new FormatException($"address {text}: too many colons in address");
        }

        var port = text[(colon + 1)..];
        if (port.Length == 0)
        {
            return (host, 0);
        }

        return ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? (host, number)
            : throw new FormatException($"address {port}: invalid port");
    }
}
