namespace ChaosHarness.Calls;

/// <summary>
/// Calls code that is not the harness's own and is called rarely: a fault, a revert, a stop condition, a source, a recorder. Each call runs
/// on a thread of its own and under a time-out, and is given up when its time is over, whether the callee listens to its token or not.
/// Nothing is ever thrown: what went wrong is in the result. What a callee does after that changes nothing.
/// </summary>
/// <param name="time">Where time comes from.</param>
internal sealed class ForeignCalls(TimeProvider time)
{
    public Task<CallResult<T>> RunAsync<T>(Callee callee, Func<CancellationToken, ValueTask<T>> call, TimeSpan timeout, CancellationToken giveUp) =>
        Start(callee, call, timeout, giveUp).Result;

    /// <summary>A call that returns what somebody has to give back, also when it returns too late.</summary>
    public Task<CallResult<T>> TakeAsync<T>(Callee callee, Func<CancellationToken, ValueTask<T>> call, Func<T, ValueTask> giveBack, TimeSpan timeout, CancellationToken giveUp) =>
        Start(callee, call, timeout, giveUp, giveBack).Result;

    public async Task<CallResult> RunAsync(Callee callee, Func<CancellationToken, ValueTask> call, TimeSpan timeout, CancellationToken giveUp) =>
        await Start(callee, call, timeout, giveUp).Result.ConfigureAwait(false);

    /// <summary>A call that does not wait for anything, such as one that disposes of something.</summary>
    public async Task<CallResult> RunAsync(Callee callee, Action call, TimeSpan timeout, CancellationToken giveUp) =>
        await RunAsync(callee, _ => Done(call), timeout, giveUp).ConfigureAwait(false);

    public ForeignCall<bool> Start(Callee callee, Func<CancellationToken, ValueTask> call, TimeSpan timeout, CancellationToken giveUp) =>
        Start(callee, token => ReturningAsync(call, token), timeout, giveUp);

    public ForeignCall<T> Start<T>(Callee callee, Func<CancellationToken, ValueTask<T>> call, TimeSpan timeout, CancellationToken giveUp, Func<T, ValueTask>? giveBack = null)
    {
        var running = new ForeignCall<T>(callee, call, timeout, giveBack);
        running.Start(time, giveUp);
        return running;
    }

    private static ValueTask Done(Action call)
    {
        call();
        return ValueTask.CompletedTask;
    }

    private static async ValueTask<bool> ReturningAsync(Func<CancellationToken, ValueTask> call, CancellationToken token)
    {
        await call(token).ConfigureAwait(false);
        return true;
    }
}
