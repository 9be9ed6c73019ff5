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
        string? problem = null;
        while (true)
        {
            // No longer than it is certain that it is held: then whoever holds it is told, whatever the ledger does.
            var left = Trusted;
            await Task.Delay(left > TimeSpan.Zero && left < pause ? left : pause, _time, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_stop.IsCancellationRequested)
            {
                return;
            }

            if (problem is not null)
            {
                LoseWhenNotTrusted(problem);
            }

            (var isHeld, problem) = await TryRenewAsync().ConfigureAwait(false);
            if (!isHeld)
            {
                return;
            }

            // Also after it is not trusted any more: as long as nobody has it, nobody is to have it while the run is still undoing what it broke.
            LoseWhenNotTrusted(problem);
            // Tried again soon: a database that fails over is back within seconds.
            pause = problem is null ? _term / RenewalsATerm : _term / (RenewalsATerm * RenewalsATerm);
        }
    }

    private void LoseWhenNotTrusted(string? problem)
    {
        if (Trusted <= TimeSpan.Zero)
        {
            _lost.TrySetResult($"it could not be renewed for {DurationText.Format(_time.GetElapsedTime(_confirmed))}: {problem ?? "the ledger does not answer"}");
        }
    }

    // Whether it may still be held, and what kept it from being renewed.
    private async Task<(bool IsHeld, string? Problem)> TryRenewAsync()
    {
        var asked = _time.GetTimestamp();
        var trusted = Trusted;
        // Not trusted any more, as after a sleep of this machine, it is asked for briefly: whether somebody took it meanwhile is worth knowing.
        var patience = trusted <= TimeSpan.Zero ? _term / (RenewalsATerm * RenewalsATerm) : trusted < _term / RenewalsATerm ? trusted : _term / RenewalsATerm;
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            // SQLite waits for others with the thread that asks.
            if (await Task.Run(() => _rows.RenewAsync(_system, _token, _term, attempt.Token)).WaitAsync(patience, _time, _stop.Token).ConfigureAwait(false))
            {
                _confirmed = asked;
                return (true, null);
            }
        }
        catch (Exception exception)
        {
            return (true, exception is TimeoutException ? "the ledger does not answer" : exception.Message);
        }
        finally
        {
            await attempt.CancelAsync().ConfigureAwait(false);
        }

        _lost.TrySetResult(await WhoHasItAsync().ConfigureAwait(false));
        return (false, null);
    }

    // It is lost for certain: who has it is told where that can be found out soon.
    private async Task<string> WhoHasItAsync()
    {
        using var attempt = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        try
        {
            var row = await Task.Run(() => _rows.FindAsync(_system, attempt.Token)).WaitAsync(_term / (RenewalsATerm * RenewalsATerm), _time, _stop.Token).ConfigureAwait(false);
            return row is { IsFree: false } ? $"{row.Holder} has it now" : "it was released";
        }
        catch (Exception)
        {
            return "somebody else has it now, or it was released";
        }
        finally
        {
            await attempt.CancelAsync().ConfigureAwait(false);
        }
    }
}
