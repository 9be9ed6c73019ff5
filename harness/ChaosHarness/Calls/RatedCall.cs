using System.Diagnostics.CodeAnalysis;

namespace ChaosHarness.Calls;

/// <summary>One of many calls to the same source.</summary>
[SuppressMessage("Reliability", "CA1001", Justification = "A cancellation source without a timer holds nothing, and a late callee may still use its token.")]
internal sealed class RatedCall<T>(RatedCalls<T> calls, long number, long sent, Func<CancellationToken, ValueTask<T>> call)
{
    private const int Waiting = 0;
    private const int Begun = 1;
    private const int Ended = 2;
    private readonly CancellationTokenSource _cancel = new();
    private int _state;

    public long Number => number;

    /// <summary>When it was handed over, as a timestamp.</summary>
    public long Sent => sent;

    public bool HasEnded => Volatile.Read(ref _state) == Ended;

    /// <summary>Runs on a thread of the source.</summary>
    public void Begin()
    {
        if (Interlocked.CompareExchange(ref _state, Begun, Waiting) == Waiting)
        {
            calls.Begun(number);
            _ = CallAsync();
        }
    }

    /// <summary>Waits no longer for it.</summary>
    public void GiveUp(CallEnd end)
    {
        var before = Interlocked.Exchange(ref _state, Ended);
        if (before == Ended)
        {
            return;
        }

        calls.Ended(this, before == Waiting ? CallEnd.NotBegun : end, default, null);
        // Its callbacks are the callee's code.
        _ = _cancel.CancelAsync().ContinueWith(static cancelling => _ = cancelling.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task CallAsync()
    {
        try
        {
            var value = await call(_cancel.Token).ConfigureAwait(false);
            Return(CallEnd.Completed, value, null);
        }
        catch (Exception exception)
        {
            Return(CallEnd.Threw, default, exception);
        }
    }

    private void Return(CallEnd end, T? value, Exception? exception)
    {
        if (Interlocked.Exchange(ref _state, Ended) == Begun)
        {
            calls.Ended(this, end, value, exception);
        }
    }
}
