using System.Globalization;
using System.Text;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Discovery;

/// <summary>Writes what was found as a file that can be read, with what only a person knows left to fill in. No secret of a command line is in it.</summary>
internal static class FoundFile
{
    private const int LongestCommandLine = 200;

    /// <summary>Makes the text.</summary>
    /// <param name="system">What was found.</param>
    /// <param name="name">What the system is called.</param>
    public static string Write(FoundSystem system, string name)
    {
        var text = new StringBuilder();
        text.AppendLine("# yaml-language-server: $schema=system.schema.json   (chaos discover --schema > system.schema.json)");
        text.AppendLine("# What runs on this machine and listens. Strike out what is not of the system, and fill in what is marked.");
        foreach (var unseen in system.Unseen)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"# {OneLine(unseen)}");
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"system: {Quoted(name)}");
        text.AppendLine("environment: unknown   # FILL IN where it runs, such as local or staging; until then nothing of it may be broken");
        text.AppendLine(system.Components.Count == 0 ? "components: []   # FILL IN: nothing was found" : "components:");
        foreach (var component in system.Components)
        {
            Write(text, component);
        }

        if (system.Connections.Count > 0)
        {
            text.AppendLine("# links:   FILL IN where a connection is to be cut and slowed: let the one that connects use the port of listen");
        }

        foreach (var connection in system.Connections)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"#   - {{ from: {Quoted(connection.From)}, to: {Quoted(connection.To)}, listen: 127.0.0.1:{Other(connection.At.Port)}, upstream: {connection.At} }}");
        }

        Write(text, Front(system));
        text.AppendLine("""
            # writes:   FILL IN what users send, and where it can be read back: without it nobody can tell what was lost
            #   per-second: 20
            #   http: { post: 'http://127.0.0.1:8080/orders', body: '{"id":"{id}"}', read-back: 'http://127.0.0.1:8080/orders' }
            # objectives: { rto: 30s, rpo: 0 writes, availability: 99% }   FILL IN what it is held to
            """);
        return text.ToString().ReplaceLineEndings("\n");
    }

    private static void Write(StringBuilder text, FoundComponent component)
    {
        text.AppendLine(CultureInfo.InvariantCulture, $"  - name: {Quoted(component.Name)}");
        text.AppendLine(CultureInfo.InvariantCulture, $"    kind: {KindWord(component.Kind)}");
        if (component.Container is { } container)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    {Found(container)}   # {OneLine(container.Image)}");
        }
        else if (component.Process!.Unit is { } unit && unit.EndsWith(".service", StringComparison.Ordinal) && !unit.StartsWith("user@", StringComparison.Ordinal))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    unit: {Quoted(unit)}");
        }
        else
        {
            WriteProcess(text, component);
        }

        if (component.Listens is [var first, ..])
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    ready: {At(first)}");
        }
    }

    // A container of compose has another name whenever it is made again; what it is for stays.
    private static string Found(RunningContainer container) => container is { Project: { } project, Service: { } service }
        ? string.Create(CultureInfo.InvariantCulture, $"compose: {{ project: {Quoted(project)}, service: {Quoted(service)}{(container.Number is { } number ? $", number: {number}" : "")} }}")
        : $"container: {Quoted(container.Name)}";

    private static void WriteProcess(StringBuilder text, FoundComponent component)
    {
        var process = component.Process!;
        var line = process.CommandLine.Trim();
        var isSecret = Secrets.Mask(line) != line;
        if (component.IsOnlyOne || isSecret || line.Length is 0 or > LongestCommandLine || line.Any(char.IsControl))
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    process: {Quoted(process.Program)}{(component.IsOnlyOne ? "" : $"   # FILL IN: there are several; {(isSecret ? "its command line holds what looks like a secret, so it is not here" : "say by command-line or pid-file which")}")}");
        }
        else
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"    command-line: {Quoted(line)}");
        }

        // No program of that name: as long as it stands there, the component is not hit, as nothing would bring it back.
        text.AppendLine("    start: [FILL-IN-what-starts-it]   # FILL IN the program that brings it back");
    }

    private static void Write(StringBuilder text, string? front)
    {
        text.AppendLine("probes:");
        text.AppendLine(CultureInfo.InvariantCulture, $"  tcp: {front ?? "127.0.0.1:1"}   # FILL IN: better an address of http that users see");
    }

    // What nobody here is connected to is what users come to.
    private static string? Front(FoundSystem system)
    {
        var inner = system.Connections.Select(connection => connection.To).ToHashSet(StringComparer.Ordinal);
        var front = system.Components.Where(component => component.Listens.Count > 0 || component.Container?.Ports.Count > 0).OrderBy(component => inner.Contains(component.Name)).FirstOrDefault();
        return front is null ? null : front.Listens is [var first, ..] ? At(first) : string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{front.Container!.Ports[0]}");
    }

    private static string At(System.Net.IPEndPoint listens) => string.Create(CultureInfo.InvariantCulture, $"{(System.Net.IPAddress.Any.Equals(listens.Address) || System.Net.IPAddress.IPv6Any.Equals(listens.Address) ? "127.0.0.1" : listens.Address.ToString() is var address && address.Contains(':') ? $"'[{address}]" : address)}:{listens.Port}{(listens.Address.ToString().Contains(':') && !System.Net.IPAddress.IPv6Any.Equals(listens.Address) ? "'" : "")}");

    private static int Other(int port) => port < 55_000 ? port + 10_000 : port - 10_000;

    private static string KindWord(ComponentKind kind) => kind switch
    {
        ComponentKind.Database => "database",
        ComponentKind.Cache => "cache",
        ComponentKind.LoadBalancer => "load-balancer",
        ComponentKind.Control => "control",
        _ => "service",
    };

    // In single quotes nothing means anything but the quote.
    private static string Quoted(string text) => text.Length > 0 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.' or '/') && char.IsAsciiLetter(text[0]) && text is not ("true" or "false" or "null" or "yes" or "no") ? text : $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string OneLine(string text) => string.Concat(Secrets.Mask(text).Select(letter => char.IsControl(letter) ? ' ' : letter));
}
