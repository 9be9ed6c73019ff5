using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>A host with a network and mounts of its own, on this machine: what a test does to it hurts nobody else.</summary>
internal sealed class NamespaceHost : IHost, IDisposable
{
    private readonly LocalHost _machine = new();
    private readonly Process _keeper;

    public NamespaceHost()
    {
        if (Environment.UserName != "root")
        {
            Assert.Ignore("Namespaces need root.");
        }

        _keeper = Process.Start(new ProcessStartInfo("unshare", ["--mount", "--net", "--propagation", "private", "sh", "-c", "ip link set lo up && echo ready && exec sleep 600"]) { RedirectStandardOutput = true })!;
        Assert.That(_keeper.StandardOutput.ReadLine(), Is.EqualTo("ready"));
    }

    public string Name => "the namespace";

    public HostAddress Address => new("namespace", new Dictionary<string, string> { ["process"] = _keeper.Id.ToString(CultureInfo.InvariantCulture) });

    public ValueTask<CommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken) => _machine.RunAsync(
        new HostCommand("nsenter", ["-t", _keeper.Id.ToString(CultureInfo.InvariantCulture), "-m", "-n", "--", command.Program, .. command.Arguments]) { Limit = command.Limit, MostOutput = command.MostOutput, Input = command.Input },
        cancellationToken);

    public async Task<string> ShellAsync(string script, params string[] arguments)
    {
        var result = await RunAsync(HostCommand.Script(script, arguments), CancellationToken.None);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")), script);
        return result.Output;
    }

    public void Dispose()
    {
        _keeper.Kill();
        _keeper.WaitForExit();
        _keeper.Dispose();
    }
}
