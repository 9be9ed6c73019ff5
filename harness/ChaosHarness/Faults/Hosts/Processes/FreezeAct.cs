using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts.Processes;

internal sealed class FreezeAct(HostComponent component) : ProcessAct(component)
{
    public override string Description => $"freeze {Name}";

    protected override async ValueTask<HostPlan> PlanAsync(IHost host, string victim, CancellationToken cancellationToken)
    {
        // Each of them: their parent may be killed while it is frozen, as fencing does.
        var tree = (await host.RequireAsync(HostCommand.Script(ProcessScripts.Tree, victim), $"finding what belongs to {Name}", cancellationToken).ConfigureAwait(false))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new HostPlan(HostCommand.Script(ProcessScripts.Freeze, victim), Restore(victim, tree))
        {
            Look = HostCommand.Script(ProcessScripts.IsFrozen, Component.Finder.How, Component.Finder.What, victim),
            ByHand = $"On {host.Name}, let {Name} run again: kill -CONT {string.Join(' ', tree.Select(process => process.Split(':')[0]))}",
        };
    }
}
