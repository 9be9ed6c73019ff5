using System.Globalization;

namespace ChaosHarness.Processes.Haproxy;

/// <summary>HAProxy before HTTP servers in turn, with active health checks: down after two that failed, up after two that held.</summary>
/// <param name="Bind">Where it listens, such as <c>127.0.0.1:8080</c>.</param>
/// <param name="CheckPath">What it asks servers for, and has to be answered with 200.</param>
/// <param name="Servers">A line of its configuration for each server, or one for many.</param>
internal sealed record HaproxyPlan(string Bind, string CheckPath, params IReadOnlyList<string> Servers)
{
    /// <summary>Whether a request is sent again to another server when the first refused it, hung up, or said that it is unavailable.</summary>
    public bool SendsAgain { get; init; }

    /// <summary>How often servers are checked.</summary>
    public TimeSpan CheckInterval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How often one is checked whose last check came out otherwise than those before.</summary>
    public TimeSpan DoubtInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a check may take.</summary>
    public TimeSpan CheckTimeout { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>The socket on which it is told what to do while it runs; null for none.</summary>
    public string? Socket { get; init; }

    /// <summary>How it is started from a folder.</summary>
    /// <param name="name">What the process is called.</param>
    /// <param name="folder">Where its configuration is written.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="Experiments.NotRunException">HAProxy is not installed; says how to.</exception>
    public async Task<ProcessPlan> PrepareAsync(string name, string folder, CancellationToken cancellationToken)
    {
        var program = Executable.Find("haproxy", [], "haproxy");
        var configuration = Path.Combine(folder, "haproxy.cfg");
        await File.WriteAllTextAsync(configuration, Configuration(), cancellationToken).ConfigureAwait(false);
        return new ProcessPlan(name, program, ["-db", "-f", configuration], folder);
    }

    /// <summary>The whole of its configuration.</summary>
    public string Configuration() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        global
            maxconn 4000
            nbthread 1
        {(Socket is null ? "" : $"    stats socket {Socket} mode 600 level admin")}
        defaults
            mode http
            timeout connect 500ms
            timeout client 10s
            timeout server 10s
        {(SendsAgain ? "    retries 2\n    option redispatch 1\n    retry-on conn-failure empty-response 503" : "    retries 0")}
        frontend front
            bind {Bind}
            default_backend servers
        backend servers
            balance roundrobin
            option httpchk GET {CheckPath}
            http-check expect status 200
            timeout check {CheckTimeout.TotalMilliseconds:0}ms
            default-server check inter {CheckInterval.TotalMilliseconds:0}ms fastinter {DoubtInterval.TotalMilliseconds:0}ms fall 2 rise 2
        {string.Concat(Servers.Select(server => $"    {server}\n"))}
        """);
}
