using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts.Processes;

internal sealed class CrashAct(HostComponent component) : ProcessAct(component)
{
    public override string Description => $"crash {Name}";

    protected override ValueTask<HostPlan> PlanAsync(IHost host, string victim, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new HostPlan(HostCommand.Script(ProcessScripts.Crash, victim), Restore(victim)));
}
