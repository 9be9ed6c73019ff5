using System.Runtime.CompilerServices;
using ChaosHarness.Hosts;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults.Hosts;

/// <summary>
/// A fault that is done by commands on a host. Before it takes effect, a small program is left on the host that undoes it when nobody has renewed
/// its lease: also when this process, ssh and the network between are gone.
/// </summary>
public sealed class HostFault : Fault
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);
    private static readonly RevertRecipe Nothing = new(RevertRecipe.OwnedByRun, new Dictionary<string, string>(), "Nothing has to be undone: the system replaces what was lost by itself.");
    private readonly ConditionalWeakTable<RevertRecipe, HostInjection> _planned = [];
    private readonly IHost _host;
    private readonly IHostAct _act;
    private TimeSpan? _lease = TimeSpan.FromSeconds(15);
    private IReadOnlyList<string> _mistakes = [];

    internal HostFault(IHost host, IHostAct act) => (_host, _act) = (host, act);

    /// <summary>How long it outlives a run that died: it is renewed three times in that. Null for a fault without a lease.</summary>
    /// <value>Default: 15 seconds.</value>
    public TimeSpan? Lease => _lease;

    /// <inheritdoc/>
    public override string Description => _act.Description;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => _act.Targets;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Mistakes => [.. base.Mistakes, .. _act.Mistakes.Select(mistake => $"'{Name}': {mistake}"), .. _mistakes];

    /// <inheritdoc/>
    public override string? Impossible => _host is LocalHost && OperatingSystem.IsWindows() ? "Faults on a host need the shell of Linux or of another Unix there; on Windows, Fault.Command runs programs of this machine." : null;

    /// <summary>The same fault with another lease.</summary>
    /// <param name="lease">Such as <c>30s</c>; from 2 seconds to an hour, in whole seconds.</param>
    /// <returns>The fault.</returns>
    public HostFault Leased(string lease) => DurationText.TryParse(lease, out var time) && time >= Shortest && time <= Longest && time.Ticks % TimeSpan.TicksPerSecond == 0
        ? With(copy => copy._lease = time)
        : With(copy => copy._mistakes = [.. _mistakes, $"Leased of '{Name}': '{lease}' is not a duration from 2s to 1h in whole seconds, such as 30s."]);

    /// <summary>
    /// The same fault without a lease, for hosts on which no program may be left: after a kill the watchdog undoes it, the next run, or
    /// <c>chaos faults revert</c>, as far as they reach the host.
    /// </summary>
    /// <returns>The fault.</returns>
    public HostFault Unleased() => With(copy => copy._lease = null);

    /// <inheritdoc/>
    protected internal override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken)
    {
        // What programs write, and what they are given, may hold what must not be in a record.
        var obstacle = (_lease is null ? null : await _host.WhyNotAsync(HostCommand.Script(SwitchScripts.WhyNot), cancellationToken).ConfigureAwait(false))
            ?? await WhyNotAsync(cancellationToken).ConfigureAwait(false);
        return obstacle is null ? Preflight.Ready : Preflight.NotReady(Secrets.Mask($"'{Name}' cannot be done and undone: {obstacle}"));
    }

    /// <inheritdoc/>
    protected internal override async ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken)
    {
        var plan = await _act.PlanAsync(_host, cancellationToken).ConfigureAwait(false);
        if (plan.Revert is not { } revert)
        {
            return Remember(Nothing with { }, new HostInjection(_host, plan, null));
        }

        var guard = _lease is { } lease ? new PlannedSwitch(DeadMansSwitch.NewName(), revert, lease) : null;
        return Remember(HostRecipe.Of(_host, revert, plan.ByHand, guard?.Name), new HostInjection(_host, plan, guard));
    }

    /// <inheritdoc/>
    protected internal override ValueTask PrepareAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Planned(recipe).ArmAsync(cancellationToken);

    /// <inheritdoc/>
    protected internal override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Planned(recipe).ApplyAsync(Name, cancellationToken);

    /// <inheritdoc/>
    protected internal override ValueTask<Presence> IsThereAsync(RevertRecipe recipe, CancellationToken cancellationToken) => Planned(recipe).IsThereAsync(cancellationToken);

    /// <inheritdoc/>
    protected internal override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        Planned(recipe).StopRenewing();
        if (recipe.Kind != RevertRecipe.OwnedByRun)
        {
            await HostRecipe.UndoAsync(_host, recipe, cancellationToken).ConfigureAwait(false);
        }
    }

    internal override string? HitOf(RevertRecipe recipe) => Planned(recipe).Hit;

    private async ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _act.WhyNotAsync(_host, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is HostException or InvalidOperationException)
        {
            return exception.Message;
        }
    }

    private HostInjection Planned(RevertRecipe recipe) => _planned.TryGetValue(recipe, out var planned) ? planned : throw new InvalidOperationException($"'{Name}' was planned by another fault; use the recipe that its PlanRevertAsync returned.");

    private RevertRecipe Remember(RevertRecipe recipe, HostInjection injection)
    {
        _planned.Add(recipe, injection);
        return recipe;
    }

    private HostFault With(Action<HostFault> change)
    {
        var copy = (HostFault)MemberwiseClone();
        change(copy);
        return copy;
    }
}
