using System.Globalization;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Expectations;
using ChaosHarness.SystemFiles.Forms;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>The forms that several sections share.</summary>
internal static class Texts
{
    private const int LongestName = 100;

    public static readonly ParsedForm<string> Name = new("a name", "orders-a", text => text.Length <= LongestName && !text.Any(char.IsControl) && text == text.Trim() && !text.StartsWith('-')
        ? text
        : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a name has at most {LongestName} characters, does not begin with -, and has no blanks at its ends.")));

    public static readonly ParsedForm<string> Plain = new("a text", "orders", text => text) { IsNumber = true };

    /// <summary>A text that may hold secrets, which come from the environment.</summary>
    public static readonly ParsedForm<string> Filled = new("a text", "Host=127.0.0.1;Password=${SHOP_PASSWORD}", text => text) { HasVariables = true };

    public static readonly ParsedForm<Uri> Address = new("an address of http or https", "http://127.0.0.1:8080/orders", text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new FormatException($"'{text}' is no address of http or https, such as http://127.0.0.1:8080/orders.")) { HasVariables = true };

    public static readonly ParsedForm<HostReference> Host = new("a host", "ssh:root@db-1.example", HostReference.Parse);

    public static readonly ParsedForm<Uri> Engine = new("the address of a container engine", "unix:///var/run/docker.sock", text => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "unix" or "npipe" or "tcp" or "http" or "https"
        ? address
        : throw new FormatException($"'{text}' is no address of a container engine, such as unix:///var/run/docker.sock or tcp://10.0.0.5:2376.")) { HasVariables = true };

    public static readonly ParsedForm<Endpoint> Endpoint = new("a host and a port", "127.0.0.1:5432", Sections.Endpoint.Parse);

    public static readonly ParsedForm<double> Share = new("a share", "50%", text => (double)Percentage.Parse(text).Ratio);

    public static readonly ParsedForm<RecoveryPointObjective> Loss = new("what may be lost", "0 writes", RecoveryPointObjective.Parse);

    public static readonly ParsedForm<LatencyObjective> Latency = new("a percentile and a time", "p99 250ms", LatencyObjective.Parse);

    public static readonly CommandForm Command = new();
}
