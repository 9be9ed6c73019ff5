using ChaosHarness.Hosts;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>This machine, with programs of a folder before its own.</summary>
internal sealed class PathHost(string folder) : IHost
{
    private readonly LocalHost _machine = new();

    public string Name => "the machine";

    public HostAddress Address => _machine.Address;

    public ValueTask<CommandResult> RunAsync(HostCommand command, CancellationToken cancellationToken) => _machine.RunAsync(
        new HostCommand("env", [$"PATH={folder}:{Environment.GetEnvironmentVariable("PATH")}", command.Program, .. command.Arguments]) { Limit = command.Limit, MostOutput = command.MostOutput, Input = command.Input },
        cancellationToken);
}
