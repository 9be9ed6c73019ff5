using System.Diagnostics;
using System.Globalization;

namespace ChaosHarness.Hosts;

/// <summary>How a host is reached by ssh. What is left out is as the configuration of ssh has it.</summary>
public sealed record SshOptions
{
    private const string DestinationParameter = "destination";
    private const string UsualProgram = "ssh";
    private const string NewSession = "/usr/bin/setsid";

    /// <summary>What the host is called in records.</summary>
    /// <value>Default: null, as ssh is given it.</value>
    public string? Name { get; init; }

    /// <summary>Who logs in.</summary>
    /// <value>Default: null, as configured.</value>
    public string? User { get; init; }

    /// <summary>The port.</summary>
    /// <value>Default: null, as configured, or 22.</value>
    public int? Port { get; init; }

    /// <summary>The file of the private key.</summary>
    /// <value>Default: null, an agent or the usual files.</value>
    public string? IdentityFile { get; init; }

    /// <summary>The configuration of ssh; <c>none</c> for no file at all.</summary>
    /// <value>Default: null, that of the user.</value>
    public string? ConfigFile { get; init; }

    /// <summary>The file of the keys of hosts.</summary>
    /// <value>Default: null, that of the user.</value>
    public string? KnownHostsFile { get; init; }

    /// <summary>How long connecting may take.</summary>
    /// <value>Default: 10 seconds.</value>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a host may be silent before its shells are given up; it is asked three times in that.</summary>
    /// <value>Default: 15 seconds.</value>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>The client to start.</summary>
    /// <value>Default: <c>ssh</c>.</value>
    public string Program { get; init; } = UsualProgram;

    internal Dictionary<string, string> Parameters(string destination)
    {
        var parameters = new Dictionary<string, string> { [DestinationParameter] = destination };
        Add(nameof(Name), Name);
        Add(nameof(User), User);
        Add(nameof(Port), Port?.ToString(CultureInfo.InvariantCulture));
        Add(nameof(IdentityFile), Rooted(IdentityFile));
        Add(nameof(ConfigFile), ConfigFile == "none" ? ConfigFile : Rooted(ConfigFile));
        Add(nameof(KnownHostsFile), Rooted(KnownHostsFile));
        Add(nameof(Program), Program == UsualProgram ? null : Program);
        return parameters;

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                parameters[name] = value;
            }
        }
    }

    internal static (string Destination, SshOptions Options) Of(HostAddress address)
    {
        if (address.Kind != SshHost.Kind || !address.Parameters.TryGetValue(DestinationParameter, out var destination))
        {
            throw new ArgumentException($"An address of kind '{address.Kind}' leads to no host of ssh: kind '{SshHost.Kind}' and a {DestinationParameter} are needed.", nameof(address));
        }

        var given = address.Parameters;
        return (destination, new SshOptions
        {
            Name = given.GetValueOrDefault(nameof(Name)),
            User = given.GetValueOrDefault(nameof(User)),
            Port = given.TryGetValue(nameof(Port), out var port) ? int.Parse(port, CultureInfo.InvariantCulture) : null,
            IdentityFile = given.GetValueOrDefault(nameof(IdentityFile)),
            ConfigFile = given.GetValueOrDefault(nameof(ConfigFile)),
            KnownHostsFile = given.GetValueOrDefault(nameof(KnownHostsFile)),
            Program = given.GetValueOrDefault(nameof(Program), UsualProgram),
        });
    }

    internal ProcessStartInfo Start(string destination)
    {
        List<string> arguments = ["-T", "-x", "-a"];
        Flag("-F", ConfigFile == "none" ? ConfigFile : Rooted(ConfigFile));
        Flag("-l", User);
        Flag("-p", Port?.ToString(CultureInfo.InvariantCulture));
        Flag("-i", Rooted(IdentityFile));
        Option("BatchMode", "yes");
        Option("StrictHostKeyChecking", "yes");
        Option("ConnectTimeout", Seconds(ConnectTimeout));
        Option("ServerAliveInterval", Seconds(SilenceLimit / 3));
        Option("ServerAliveCountMax", "3");
        Option("ClearAllForwardings", "yes");
        Option("PermitLocalCommand", "no");
        // A master of the user's own may end at any time, and every shell with it.
        Option("ControlMaster", "no");
        Option("ControlPath", "none");
        Option("UserKnownHostsFile", Rooted(KnownHostsFile) is { } file ? $"\"{file}\"" : null);
        Option("IdentitiesOnly", IdentityFile is null ? null : "yes");
        arguments.AddRange(["--", destination, "exec sh"]);
        // In a session of its own: an interrupt from the terminal is for the run, which still needs it to put something back.
        return OperatingSystem.IsLinux() && File.Exists(NewSession) ? new ProcessStartInfo(NewSession, [Program, .. arguments]) : new ProcessStartInfo(Program, arguments);

        void Flag(string flag, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange([flag, value]);
            }
        }

        void Option(string name, string? value)
        {
            if (value is not null)
            {
                arguments.AddRange(["-o", $"{name}={value}"]);
            }
        }
    }

    // Whoever makes the host again is somewhere else.
    private static string? Rooted(string? path) => path is null ? null : Path.GetFullPath(path);

    private static string Seconds(TimeSpan time) => Math.Max(1, (int)Math.Ceiling(time.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
}
