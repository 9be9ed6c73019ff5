using System.Globalization;
using System.Net;

namespace ChaosHarness.GameDay.Board;

/// <summary>Where a board answers.</summary>
/// <param name="Host">The address to listen at.</param>
/// <param name="Port">The port; 0 for a free one.</param>
/// <param name="Certificate">The file of a certificate with its key (<c>.pfx</c>), for TLS; null for none.</param>
internal sealed record BoardOptions(IPAddress Host, int Port, string? Certificate = null)
{
    /// <summary>What the value has to look like.</summary>
    public const string Expected = "off, on (this machine alone, a free port), a port such as 5100, or an address with a port, such as 0.0.0.0:5100";

    /// <summary>Whether only this machine reaches it.</summary>
    public bool IsLocal => IPAddress.IsLoopback(Host);

    /// <summary>Reads the value of the parameter.</summary>
    /// <param name="text">The value.</param>
    /// <param name="options">The options; null for no board.</param>
    /// <returns>Whether it could be read.</returns>
    public static bool TryParse(string text, out BoardOptions? options)
    {
        options = text switch
        {
            "" or "off" => null,
            "on" => new BoardOptions(IPAddress.Loopback, 0),
            _ when PortOf(text) is { } port => new BoardOptions(IPAddress.Loopback, port),
            _ when text.LastIndexOf(':') is var colon and > 0 && IPAddress.TryParse(text[..colon].Trim('[', ']'), out var host) && PortOf(text[(colon + 1)..]) is { } port => new BoardOptions(host, port),
            _ => null,
        };
        return options is not null || text is "" or "off";
    }

    private static int? PortOf(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= IPEndPoint.MaxPort ? port : null;
}
