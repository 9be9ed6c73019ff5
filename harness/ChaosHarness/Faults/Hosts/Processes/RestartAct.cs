using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts.Processes;

internal sealed class RestartAct(HostComponent component) : ProcessAct(component)
{
    private const string Both = """
        eval "$1" && eval "$2"
        """;

    public override string Description => $"restart {Name}";

    protected override ValueTask<HostPlan> PlanAsync(IHost host, string victim, CancellationToken cancellationToken)
    {
        var (stop, start) = (StopAct.How(Component, victim), Restore(victim));
        return ValueTask.FromResult(new HostPlan(HostCommand.Script(Both, stop.ToString(), start.ToString()) with { Limit = stop.Limit + start.Limit }, start));
    }
}
