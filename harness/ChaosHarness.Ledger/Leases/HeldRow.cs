using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Leases;

/// <summary>
/// A lease that is held, and renewed until it is given back. It is lost when somebody else has it, or when it could not be renewed for so long that somebody
/// may soon: a little before that, so that what the run broke is undone by then.
/// </summary>
internal sealed class HeldRow : IHeldLease
{
    private const int RenewalsATerm = 3;
    private const double TrustedShare = 5.0 / 6;
    private readonly LeaseRows _rows;
    private readonly string _system;
    private readonly long _token;
    private readonly TimeSpan _term;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource<string> _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _renewing;
    private long _confirmed;

    /// <param name="rows">The table.</param>
    /// <param name="system">The system.</param>
    /// <param name="token">The number of the lease.</param>
    /// <param name="term">How long it lasts without being renewed.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="asked">When it was asked for, as a timestamp: it lasts from no earlier than that.</param>
    public HeldRow(LeaseRows rows, string system, long token, TimeSpan term, TimeProvider time, long asked)
    {
        (_rows, _system, _token, _term, _time, _confirmed) = (rows, system, token, term, time, asked);
        _renewing = Task.Run(RenewAsync);
    }

    public Task<string> Lost => _lost.Task;

    // How much longer it is certain that nobody else has it.
    private TimeSpan Trusted => (_term * TrustedShare) - _time.GetElapsedTime(_confirmed);

    public async ValueTask LeaveAsync(IReadOnlyList<string> faults, CancellationToken cancellationToken) =>
        await _rows.LeaveAsync(_system, _token, string.Join(" ", faults), cancellationToken).ConfigureAwait(false);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        await _rows.GiveBackAsync(_system, _token, CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task RenewAsync()
    {
        var pause = _term / RenewalsATerm;
        while (true)
        {
            await Task.Delay(pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            var problem = await TryRenewAsync().ConfigureAwait(false);
            if (_lost.Task.IsCompleted)
            {
                return;
            }

            // Tried again soon: a database that fails over is back within seconds.
            pause = problem is null ? _term / RenewalsATerm : _term / (RenewalsATerm * RenewalsATerm);
            if (Trusted <= TimeSpan.Zero)
            {
                _lost.TrySetResult($"it could not be renewed for {DurationText.Format(_time.GetElapsedTime(_confirmed))}: {problem}");
                return;
            }
        }
    }

    // What kept it from being renewed; null when it was, or is lost.
    private async Task<string?> TryRenewAsync()
    {
        var asked = _time.GetTimestamp();
        var patience = Trusted < _term / RenewalsATerm ? Trusted : _term / RenewalsATerm;
        if (patience <= TimeSpan.Zero)
        {
            // Whether somebody took it meanwhile is still worth knowing.
            patience = _term / RenewalsATerm;
        }

        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            // SQLite waits for others with the thread that asks.
            if (await Task.Run(() => _rows.RenewAsync(_system, _token, _term, attempt.Token)).WaitAsync(patience, _time, _stop.Token).ConfigureAwait(false))
            {
                _confirmed = asked;
                return null;
            }

            var row = await _rows.FindAsync(_system, attempt.Token).WaitAsync(patience, _time, _stop.Token).ConfigureAwait(false);
            _lost.TrySetResult(row is { IsFree: false } ? $"{row.Holder} has it now" : "it was released");
            return null;
        }
        catch (Exception exception)
        {
            return exception is TimeoutException ? "the ledger does not answer" : exception.Message;
        }
        finally
        {
            await attempt.CancelAsync().ConfigureAwait(false);
        }
    }
}
