using System.Diagnostics;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit;

/// <summary>
/// The time that one execution of a test has: its own limit, which stands still while a run of it waits for its system, and what the session has left,
/// which does not. Nothing is ended while somebody debugs.
/// </summary>
internal sealed class TestTime : IDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private readonly CancellationTokenSource? _session;
    private string? _why;
    private bool _isDisposed;

    public TestTime(TimeSpan limit, TimeSpan? session)
    {
        Limit = new RunningTime(limit, TimeProvider.System);
        Limit.Token.UnsafeRegister(_ => End($"the test took longer than {DurationText.Format(limit)}, its Timeout"), null);
        if (session is { } left)
        {
            _session = new CancellationTokenSource(left);
            _session.Token.UnsafeRegister(_ => End($"the session took longer than {SessionTime.Parameter} allows"), null);
        }
    }

    /// <summary>The test's own limit.</summary>
    public RunningTime Limit { get; }

    /// <summary>Which time is over; null while none is.</summary>
    public string? Why => Volatile.Read(ref _why);

    /// <summary>Cancelled when the time is over.</summary>
    public CancellationToken Token => _over.Token;

    public void Dispose()
    {
        Limit.Dispose();
        _session?.Dispose();
        lock (_gate)
        {
            _isDisposed = true;
            _over.Dispose();
        }
    }

    private void End(string why)
    {
        Interlocked.CompareExchange(ref _why, why, null);
        lock (_gate)
        {
            // The timers may fire while they are disposed of.
            if (!_isDisposed && !Debugger.IsAttached)
            {
                // Its callbacks are code of others.
                _ = _over.CancelAsync();
            }
        }
    }
}
