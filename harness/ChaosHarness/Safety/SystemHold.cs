using ChaosHarness.Calls;

namespace ChaosHarness.Safety;

/// <summary>A system that is held for a run, until this is disposed of.</summary>
internal sealed class SystemHold(SemaphoreSlim here, ForeignCalls calls, TimeSpan limit) : IAsyncDisposable
{
    private readonly List<IHeldLease> _held = [];
    private int _isGivenBack;

    public void Add(IHeldLease held) => _held.Add(held);

    /// <summary>Halts the run when the system is lost to another.</summary>
    public void HaltWhenLost(HaltLever lever)
    {
        foreach (var held in _held)
        {
            _ = HaltAsync(held, lever);
        }
    }

    /// <summary>Tells others what the run left behind, or may leave should it die.</summary>
    /// <returns>What kept it from being told, a line each.</returns>
    public async Task<IReadOnlyList<string>> LeaveAsync(IReadOnlyList<string> faults)
    {
        var problems = new List<string>();
        foreach (var held in _held)
        {
            var noted = await calls.RunAsync(new Callee("lease", "note what is left"), token => held.LeaveAsync(faults, token), limit, CancellationToken.None).ConfigureAwait(false);
            if (noted.Problem is { } problem)
            {
                problems.Add($"Others were not told what is left: {problem}.");
            }
        }

        return problems;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isGivenBack, 1) == 1)
        {
            return;
        }

        foreach (var held in Enumerable.Reverse(_held))
        {
            await calls.RunAsync(new Callee("lease", "give it back"), _ => held.DisposeAsync(), limit, CancellationToken.None).ConfigureAwait(false);
        }

        here.Release();
    }

    private async Task HaltAsync(IHeldLease held, HaltLever lever)
    {
        var why = await WhyLostAsync(held).ConfigureAwait(false);
        if (Volatile.Read(ref _isGivenBack) == 0)
        {
            lever.Halt($"the lease on the system was lost: {why}");
        }
    }

    // One that cannot say whether it is held is not known to be.
    private async Task<string> WhyLostAsync(IHeldLease held)
    {
        var watch = await calls.RunAsync(new Callee("lease", "watch"), _ => ValueTask.FromResult(held.Lost), limit, CancellationToken.None).ConfigureAwait(false);
        if (watch.Value is not { } lost)
        {
            return watch.Problem ?? "it does not say so";
        }

        try
        {
            return await lost.ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            return CallException.TextOf(exception);
        }
    }
}
