using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Aspire.Faults;
using ChaosHarness.Aspire.Signals;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Safety;
using ChaosHarness.Sweeps;
using ChaosHarness.Systems;
using Microsoft.Extensions.DependencyInjection;

namespace ChaosHarness.Aspire;

/// <summary>
/// One replica of a resource. Where it is a process of this machine, <c>Crash()</c> and <c>Freeze()</c> hit it with everything below it. Aspire notices the
/// end of a process and does not start it again: nothing does before the revert.
/// </summary>
public sealed class AspireReplica : IProcessComponent
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan StartIsTold = TimeSpan.FromSeconds(2);
    private readonly ResourceNotificationService _notifications;
    private readonly ResourceCommandService _commands;
    private readonly IResource _resource;

    internal AspireReplica(DistributedApplication application, IResource resource, string id, Component component)
    {
        _notifications = application.ResourceNotifications;
        _commands = application.ResourceCommands;
        _resource = resource;
        Id = id;
        Component = component;
        Log = new ReplicaLog(component.Name, token => application.Services.GetRequiredService<ResourceLoggerService>().WatchAsync(id).WithCancellation(token));
    }

    /// <summary>What Aspire calls this instance, such as <c>api-pedvuhmw</c>; another one each time that the application is started.</summary>
    public string Id { get; }

    /// <summary>What it is. The name is the same each time: that of its resource, with a number where that has several replicas.</summary>
    public Component Component { get; }

    /// <summary>Whether it is a container: then its process is that of a container engine, and it can be stopped and restarted only.</summary>
    public bool IsContainer => _resource.IsContainer();

    /// <summary>Nothing has to be undone by later runs: the application ends with its process.</summary>
    public RevertRecipe RestartRecipe => OwnedRecipe.Of(Component.Name);

    internal ReplicaLog Log { get; }

    internal SweptComponent Swept => new(Component)
    {
        Crash = IsContainer ? null : this.Crash(),
        Stop = Stop(),
        Freeze = IsContainer ? null : this.Freeze(),
    };

    private ReplicaState State => _notifications.TryGetCurrentState(Id, out var now) ? ReplicaState.Of(now.Snapshot) : ReplicaState.Unknown;

    /// <summary>Stops it as the dashboard does. Reverted by starting it, and waiting until it is ready.</summary>
    /// <returns>The fault.</returns>
    public Fault Stop() => new ReplicaStop(Component.Name, [this]);

    /// <summary>Restarts it as the dashboard does. Reverted by waiting until it is ready.</summary>
    /// <returns>The fault.</returns>
    public Fault Restart() => new ReplicaRestart(Component.Name, [this]);

    /// <inheritdoc/>
    public ValueTask<ProcessIdentity?> FindAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Find(State));

    /// <summary>Brings it back to work: starts it unless it runs, and waits until its process accepts connections and its health checks pass.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>When it is ready.</returns>
    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var state = State;
            if (state.HasEnded)
            {
                await StartAsync(cancellationToken).ConfigureAwait(false);
            }
            else if (state.IsHealthy && (IsContainer || Find(state) is not null) && await Listening.AllAsync(state.Ports, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            // It may have ended without Aspire having noticed yet: starting it is refused until then.
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public ValueTask<string?> WhyNotReadyAsync(CancellationToken cancellationToken) => ValueTask.FromResult(
        IsContainer ? $"{Component.Name} is a container: only its engine can do that to it; stop it instead, or break it by a fault of the engine"
        : Find(State) is null ? WhyStopped()
        : null);

    internal bool IsRunning => State.IsRunning && (IsContainer || Find(State) is not null);

    internal string WhyStopped() => $"{Component.Name} does not run, Aspire says '{State.Text}'; start it first";

    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(KnownResourceCommands.StopCommand, cancellationToken).ConfigureAwait(false);
        while (!State.HasEnded)
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    internal Task RestartAsync(CancellationToken cancellationToken) => ExecuteAsync(KnownResourceCommands.RestartCommand, cancellationToken);

    private async Task StartAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync(KnownResourceCommands.StartCommand, cancellationToken).ConfigureAwait(false);
        // It may not be told yet that it starts; where it ends at once it may never be.
        var asked = Stopwatch.GetTimestamp();
        while (State.HasEnded && Stopwatch.GetElapsedTime(asked) < StartIsTold)
        {
            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task ExecuteAsync(string command, CancellationToken cancellationToken)
    {
        var result = await _commands.ExecuteCommandAsync(Id, command, cancellationToken).ConfigureAwait(false);
        if (!result.Success)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw new InvalidOperationException($"Aspire did not {command} {Component.Name}: {result.Message ?? "it does not say why"} Its log has more.");
        }
    }

    private static ProcessIdentity? Find(ReplicaState state) => state is { IsRunning: true, ProcessId: { } id } ? ProcessIdentity.Find(id) : null;
}
