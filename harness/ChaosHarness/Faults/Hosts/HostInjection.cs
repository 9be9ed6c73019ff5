using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>A fault on a host as it was planned once.</summary>
internal sealed class HostInjection(IHost host, HostPlan plan, PlannedSwitch? guard)
{
    private DeadMansSwitch? _armed;

    public string? Hit => plan.Hit;

    /// <summary>Arms the switch, where there is to be one: before the strike, which is then known to the millisecond.</summary>
    public async ValueTask ArmAsync(CancellationToken cancellationToken)
    {
        if (guard is not null)
        {
            _armed ??= await DeadMansSwitch.ArmAsync(host, guard.Name, guard.Revert, guard.Lease, TimeProvider.System, cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask ApplyAsync(string name, CancellationToken cancellationToken)
    {
        await ArmAsync(cancellationToken).ConfigureAwait(false);
        if (_armed is not { } armed)
        {
            await host.RequireAsync(plan.Inject, $"'{name}'", cancellationToken).ConfigureAwait(false);
            return;
        }

        // From the beginning: what takes long to take effect is not to be undone meanwhile.
        armed.KeepArmed();
        if (await armed.RunAsync(plan.Inject, cancellationToken).ConfigureAwait(false) is not { } result)
        {
            armed.StopRenewing();
            throw new InvalidOperationException($"'{name}' was not done: what would undo it on {host.Name} was not armed any more, as it took longer than its lease to come to it. Lease it for longer.");
        }

        if (!result.IsSuccess)
        {
            throw new InvalidOperationException($"'{name}' on {host.Name} ended with {result}.{HostRuns.SaidBy(result)}");
        }
    }

    public async ValueTask<Presence> IsThereAsync(CancellationToken cancellationToken)
    {
        if (_armed is null && plan.Look is null)
        {
            return Presence.Unknown;
        }

        var look = plan.Look is { } command ? (string[])[command.Program, .. command.Arguments] : [];
        var result = await host.RunAsync(HostCommand.Script(SwitchScripts.IsThere, [_armed?.Folder ?? "", .. look]), cancellationToken).ConfigureAwait(false);
        var (word, detail) = result.Output.Trim().Split(' ', 2) is [var first, var rest] ? (first, rest) : (result.Output.Trim(), "");
        return (word, result.IsSuccess) switch
        {
            ("switch", true) => Presence.Gone($"{host.Name} undid it by itself, as its lease had not been renewed"),
            ("there", true) => Presence.There,
            ("gone", true) => Presence.Gone(detail),
            ("superseded", true) => Presence.Superseded(detail),
            _ => Presence.Unknown,
        };
    }

    public void StopRenewing() => _armed?.StopRenewing();
}
