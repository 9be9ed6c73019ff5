using System.Diagnostics.CodeAnalysis;

namespace ChaosHarness.Calls;

/// <summary>One call under way into code that is not the harness's own.</summary>
/// <param name="callee">Whose code.</param>
/// <param name="call">The call.</param>
/// <param name="timeout">How long it may take.</param>
/// <param name="giveBack">What is done with a value that came when nobody waited for it any more; null when nothing has to be.</param>
[SuppressMessage("Reliability", "CA1001", Justification = "A cancellation source without a timer holds nothing, and a late callee may still use its token.")]
internal sealed class ForeignCall<T>(Callee callee, Func<CancellationToken, ValueTask<T>> call, TimeSpan timeout, Func<T, ValueTask>? giveBack)
{
    // One to run it; the others for callees that wait for a task of their own with the thread that it has to come back to.
    private const int MostThreads = 16;
    private static readonly TimeSpan LongestTimer = TimeSpan.FromMilliseconds(int.MaxValue);
    private readonly TaskCompletionSource<CallResult<T>> _result = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _returned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _cancel = new();
    private readonly OwnThreads _threads = new(callee.ToString(), MostThreads);
    private ITimer? _timer;
    private CancellationTokenRegistration _giveUp;

    /// <summary>What came of it. Completes when the callee returns or its time is over, whichever comes first; never fails.</summary>
    public Task<CallResult<T>> Result => _result.Task;

    /// <summary>Completes when the callee has really come to its end, which may be long after the result, or never.</summary>
    public Task Returned => _returned.Task;

    /// <summary>Waits no longer; the callee is asked to stop.</summary>
    public void Abandon() => GiveUp(CallEnd.Abandoned);

    internal void Start(TimeProvider time, CancellationToken giveUp)
    {
        _timer = time.CreateTimer(static state => ((ForeignCall<T>)state!).GiveUp(CallEnd.TimedOut), this, timeout < LongestTimer ? timeout : LongestTimer, Timeout.InfiniteTimeSpan);
        _giveUp = giveUp.UnsafeRegister(static state => ((ForeignCall<T>)state!).GiveUp(CallEnd.Abandoned), this);
        var context = ExecutionContext.Capture();
        _threads.Post(
            _ =>
            {
                if (context is null)
                {
                    Call();
                }
                else
                {
                    ExecutionContext.Run(context, static state => ((ForeignCall<T>)state!).Call(), this);
                }
            },
            null);
        if (Result.IsCompleted)
        {
            Release();
        }
    }

    private void Call() => _ = CallAsync();

    private async Task CallAsync()
    {
        try
        {
            if (!_cancel.IsCancellationRequested)
            {
                var value = await call(_cancel.Token).ConfigureAwait(false);
                if (!End(CallEnd.Completed, value, null) && giveBack is not null)
                {
                    GiveBack(value);
                }
            }
        }
        catch (Exception exception)
        {
            End(CallEnd.Threw, default, exception);
        }

        _returned.SetResult();
    }

    // On its own threads too, whoever completed the call.
    private void GiveBack(T value) => _threads.Post(_ => _ = GiveBackAsync(value), null);

    private async Task GiveBackAsync(T value)
    {
        try
        {
            await giveBack!(value).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // Nobody is left to be told.
        }
    }

    private void GiveUp(CallEnd end)
    {
        if (End(end, default, null))
        {
            // Its callbacks are the callee's code.
            _ = _cancel.CancelAsync().ContinueWith(static cancelling => _ = cancelling.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private bool End(CallEnd end, T? value, Exception? exception)
    {
        if (!_result.TrySetResult(new CallResult<T>(callee, end, value, exception, timeout)))
        {
            return false;
        }

        Release();
        return true;
    }

    // The threads end once they have nothing to do; what a late callee continues with starts one again.
    private void Release()
    {
        _timer?.Dispose();
        _giveUp.Unregister();
        _threads.Close();
    }
}
