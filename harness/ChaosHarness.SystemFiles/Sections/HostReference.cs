using System.Globalization;

namespace ChaosHarness.SystemFiles.Sections;

/// <summary>Where a part runs, as a file says it: this machine, another one by ssh, or inside of a container.</summary>
/// <param name="Kind">Which of them.</param>
/// <param name="Name">The name of the machine as for the command ssh, or of the container; empty for this machine.</param>
internal sealed record HostReference(HostReferenceKind Kind, string Name)
{
    private const string Local = "local";
    private const string Ssh = "ssh:";
    private const string Container = "container:";

    /// <summary>Who logs in there; null as configured.</summary>
    public string? User { get; init; }

    /// <summary>The port of ssh; null as configured.</summary>
    public int? Port { get; init; }

    public bool IsThisMachine => Kind == HostReferenceKind.Local;

    /// <exception cref="FormatException">It names no host; says how one is named.</exception>
    public static HostReference Parse(string text) => text switch
    {
        Local => new HostReference(HostReferenceKind.Local, ""),
        _ when text.StartsWith(Ssh, StringComparison.Ordinal) => Machine(text, text[Ssh.Length..]),
        _ when text.StartsWith(Container, StringComparison.Ordinal) && IsName(text[Container.Length..]) => new HostReference(HostReferenceKind.Container, text[Container.Length..]),
        _ => throw Unknown(text),
    };

    /// <summary>As it is written.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Kind switch
    {
        HostReferenceKind.Ssh => string.Create(CultureInfo.InvariantCulture, $"{Ssh}{(User is { } user ? user + "@" : "")}{Name}{(Port is { } port ? $":{port}" : "")}"),
        HostReferenceKind.Container => Container + Name,
        _ => Local,
    };

    private static HostReference Machine(string text, string rest)
    {
        var at = rest.LastIndexOf('@');
        var user = at < 0 ? null : rest[..at];
        var (name, port) = rest[(at + 1)..].Split(':') switch
        {
            [var alone] => (alone, (int?)null),
            [var one, var number] when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var known) && known is > 0 and <= 65535 => (one, known),
            _ => ("", null),
        };
        return IsName(name) && (user is null || IsName(user)) ? new HostReference(HostReferenceKind.Ssh, name) { User = user, Port = port } : throw Unknown(text);
    }

    // What begins with a stroke would be an option of ssh.
    private static bool IsName(string text) => text.Length > 0 && text[0] != '-' && !text.Any(letter => char.IsWhiteSpace(letter) || char.IsControl(letter));

    private static FormatException Unknown(string text) => new($"'{text}' is no host: write {Local}, {Ssh}user@name for another machine, or {Container}name for the inside of a container.");
}
