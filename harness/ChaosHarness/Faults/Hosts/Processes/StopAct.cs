using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts.Processes;

internal sealed class StopAct(HostComponent component) : ProcessAct(component)
{
    // As long as service managers give services by default.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(100);

    public override string Description => $"stop {Name}";

    protected override ValueTask<HostPlan> PlanAsync(IHost host, string victim, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new HostPlan(How(Component, victim), Restore(victim)));

    /// <summary>How a component is stopped.</summary>
    public static HostCommand How(HostComponent component, string victim) => (component.Finder.How == "unit"
        ? new HostCommand("systemctl", "stop", component.Finder.What)
        : HostCommand.Script(ProcessScripts.Stop, victim)) with { Limit = Patience };
}
