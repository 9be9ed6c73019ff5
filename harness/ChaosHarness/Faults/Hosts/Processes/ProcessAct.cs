using System.Globalization;
using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts.Processes;

/// <summary>What all that is done to the process of a component shares: finding it, and bringing it back.</summary>
internal abstract class ProcessAct(HostComponent component) : IHostAct
{
    public abstract string Description { get; }

    public IReadOnlyList<string> Targets => [Name];

    public IReadOnlyList<string> Mistakes =>
    [
        .. IsCommand(component.StartCommand) ? Array.Empty<string>() : [$"what starts {Name} begins with a program, and none of its words is null."],
        .. component.ReadyWhen is not { } ready || IsCommand(ready) ? Array.Empty<string>() : [$"what says that {Name} is ready begins with a program, and none of its words is null."],
        .. component.ReadyWithin > TimeSpan.Zero ? Array.Empty<string>() : [$"{nameof(HostComponent.ReadyWithin)} of {Name} must be above zero."],
    ];

    protected string Name => component.Component.Name;

    protected HostComponent Component => component;

    public ValueTask<string?> WhyNotAsync(IHost host, CancellationToken cancellationToken) =>
        host.WhyNotAsync(HostCommand.Script(ProcessScripts.WhyNot, component.Finder.How, component.Finder.What, component.StartCommand[0]), cancellationToken);

    public async ValueTask<HostPlan> PlanAsync(IHost host, CancellationToken cancellationToken)
    {
        var victim = await component.FindAsync(cancellationToken).ConfigureAwait(false);
        var plan = await PlanAsync(host, victim, cancellationToken).ConfigureAwait(false);
        return plan with { Hit = $"process {victim.Split(':')[0]} on {host.Name}", ByHand = plan.ByHand ?? $"On {host.Name}, unless {Name} runs there: {HostCommand.Of(component.StartCommand)}" };
    }

    /// <summary>How it is done to one process.</summary>
    protected abstract ValueTask<HostPlan> PlanAsync(IHost host, string victim, CancellationToken cancellationToken);

    /// <summary>Brings the component back.</summary>
    /// <param name="victim">The process that was hit.</param>
    /// <param name="frozen">Those that have to go on first.</param>
    protected HostCommand Restore(string victim, params IReadOnlyList<string> frozen) => HostCommand.Script(ProcessScripts.Restore,
    [
        component.Finder.How, component.Finder.What, ShellText.Of(component.StartCommand), component.ReadyWhen is { } ready ? ShellText.Of(ready) : "",
        Math.Ceiling(component.ReadyWithin.TotalSeconds).ToString(CultureInfo.InvariantCulture), victim, .. frozen,
    ]) with { Limit = component.ReadyWithin + TimeSpan.FromSeconds(25) };

    private static bool IsCommand(IReadOnlyList<string> words) => words.Count > 0 && HostCommand.Of(words).Mistake is null;
}
