using System.Globalization;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>A host and a port.</summary>
internal sealed record Endpoint(string Host, int Port)
{
    /// <summary>Reads one, such as <c>127.0.0.1:5432</c> or <c>[::1]:5432</c>.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static Endpoint Parse(string text)
    {
        var colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and <= 65535 && text[..colon] is var host && !host.Any(character => char.IsWhiteSpace(character) || character == '/') && (!host.Contains(':') || host is ['[', .., ']'])
            ? new Endpoint(host.Trim('[', ']'), port)
            : throw new FormatException($"'{text}' is no host and port, such as 127.0.0.1:5432.");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{(Host.Contains(':') ? $"[{Host}]" : Host)}:{Port}");
}
