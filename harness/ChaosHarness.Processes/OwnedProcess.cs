using ChaosHarness.Faults.Processes;
using ChaosHarness.Logs;
using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Processes;

/// <summary>A component of the sample system that is one process, started again the way it was started first.</summary>
internal sealed class OwnedProcess(Component component, ProcessPlan plan, Func<CancellationToken, Task<bool>> isReady) : IProcessComponent, IAsyncDisposable
{
    private readonly LogLines _log = new(component.Name);
    private ManagedProcess? _process;

    public Component Component => component;

    /// <summary>How long it may take to be ready.</summary>
    /// <value>Default: 20 seconds.</value>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>What it writes, from one start to the next.</summary>
    public ILogSource Log => _log;

    public RevertRecipe RestartRecipe => OwnedRecipe.For(component.Name);

    public ValueTask<ProcessIdentity?> FindAsync(CancellationToken cancellationToken) =>
        ValueTask.FromResult(_process is { IsRunning: true } process ? process.Identity : (ProcessIdentity?)null);

    public async ValueTask RestoreAsync(CancellationToken cancellationToken)
    {
        await StartAsync().ConfigureAwait(false);
        await ReadyAsync(cancellationToken).ConfigureAwait(false);
    }

    public async Task StartAsync()
    {
        if (_process is not { IsRunning: true })
        {
            _process?.Dispose();
            _process = await ManagedProcess.StartAsync(plan with { OnLine = Read }).ConfigureAwait(false);
        }
    }

    public Task ReadyAsync(CancellationToken cancellationToken) => _process!.ReadyAsync(isReady, Patience, cancellationToken);

    public Task<bool> IsReadyAsync(CancellationToken cancellationToken) => isReady(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            await process.KillAsync().ConfigureAwait(false);
            process.Dispose();
        }
    }

    private void Read(string line)
    {
        _log.Add(line);
        plan.OnLine(line);
    }
}
