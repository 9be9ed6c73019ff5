using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ChaosHarness.Hosts;

namespace ChaosHarness.Faults.Hosts;

/// <summary>
/// A program on a host that undoes a fault there when it is not renewed any more: whatever became of the run, of ssh, and of the network between.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A cancellation source without a timer holds nothing.")]
internal sealed class DeadMansSwitch
{
    private readonly IHost _host;
    private readonly TimeSpan _lease;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private int _number;

    private DeadMansSwitch(IHost host, string folder, TimeSpan lease, TimeProvider time) => (_host, Folder, _lease, _time) = (host, folder, lease, time);

    /// <summary>Its folder on the host.</summary>
    public string Folder { get; }

    /// <summary>A name that no other switch has.</summary>
    public static string NewName() => $"chaosharness-{Guid.NewGuid():N}";

    /// <summary>Arms one. It is not renewed yet: one that is forgotten undoes what never was, which does no harm, and is gone.</summary>
    /// <exception cref="InvalidOperationException">It could not be armed; says what is missing.</exception>
    public static async ValueTask<DeadMansSwitch> ArmAsync(IHost host, string name, HostCommand revert, TimeSpan lease, TimeProvider time, CancellationToken cancellationToken)
    {
        var seconds = ((int)lease.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var arm = HostCommand.Script(SwitchScripts.Arm, [SwitchScripts.Watch, name, seconds, revert.Program, .. revert.Arguments]);
        return new DeadMansSwitch(host, await host.RequireAsync(arm, "arming what would undo it", cancellationToken).ConfigureAwait(false), lease, time);
    }

    /// <summary>Renews it and runs a command at once, if it is armed still.</summary>
    /// <returns>How the command ended; null when the switch was not armed any more, and nothing was run.</returns>
    public async ValueTask<CommandResult?> RunAsync(HostCommand command, CancellationToken cancellationToken)
    {
        var result = await _host.RunAsync(Renewing([command.Program, .. command.Arguments]) with { Limit = command.Limit, MostOutput = command.MostOutput, Input = command.Input }, cancellationToken).ConfigureAwait(false);
        return result.ExitCode == SwitchScripts.NotArmed && result.Output.Length == 0 && result.Error.Length == 0 ? null : result;
    }

    /// <summary>Renews it from now on, three times in a lease.</summary>
    public void KeepArmed() => _ = Task.Run(RenewAsync);

    /// <summary>Stops renewing it. One renewal may be on its way: it renews nothing that was disarmed.</summary>
    public void StopRenewing() => _stop.Cancel();

    private async Task RenewAsync()
    {
        var pause = _lease / 3;
        while (true)
        {
            await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            try
            {
                await _host.RunAsync(Renewing([]) with { Limit = pause }, CancellationToken.None).ConfigureAwait(false);
            }
            catch (HostException)
            {
                // The next one may reach it. When none does, it fires, and whoever looks sees that.
            }
        }
    }

    private HostCommand Renewing(IReadOnlyList<string> command) => HostCommand.Script(SwitchScripts.Renew, [Folder, Interlocked.Increment(ref _number).ToString(CultureInfo.InvariantCulture), .. command]);
}
