using ChaosHarness.Safety;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Leases;

/// <summary>
/// Leases among machines that share a ledger: a row for each system that several machines reach, renewed while its run goes on. Whether it has run out
/// is told by the clock of the database alone. A holder that dies frees the system when its lease runs out; one that cannot renew it is halted before.
/// Systems that only one machine reaches are left to <see cref="LeaseFiles"/>.
/// </summary>
/// <param name="address">Where the ledger is.</param>
/// <param name="time">Where the time for waiting and renewing comes from; null for the system.</param>
/// <param name="term">How long a lease lasts without being renewed, at least 100 milliseconds; null for 30 seconds. It is renewed three times as often.</param>
public sealed class LedgerLease(Func<LedgerAddress> address, TimeProvider? time = null, TimeSpan? term = null) : ISystemLease, IAsyncDisposable
{
    private static readonly TimeSpan DefaultTerm = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LeastTerm = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly TimeSpan _term = term is not { } told ? DefaultTerm : told >= LeastTerm ? told : throw new ArgumentOutOfRangeException(nameof(term), told, "A lease lasts 100 milliseconds or more.");
    private readonly SemaphoreSlim _opening = new(1, 1);
    private RunLedger? _ledger;

    /// <summary>Frees a system, whoever has it and whatever was left behind on it: for people, who know better. A run that has it is halted.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="system">The <see cref="SystemIdentity.Key"/> of the system.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>Whether the ledger knew a lease on it.</returns>
    /// <exception cref="LedgerException">It could not be written.</exception>
    public static Task<bool> FreeAsync(RunLedger ledger, string system, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new LeaseRows(ledger).FreeAsync(system, cancellationToken);
    }

    /// <summary>Which systems are being broken, by whom, and which a run left broken that died or could not undo it: from whichever machine it ran on.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Those whose lease was renewed the longest ago first.</returns>
    /// <exception cref="LedgerException">It could not be read.</exception>
    public static Task<IReadOnlyList<SystemLeaseState>> AllAsync(RunLedger ledger, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(ledger);
        return new LeaseRows(ledger).AllAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask<LeaseResult> TakeAsync(SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(system);
        ArgumentNullException.ThrowIfNull(holder);
        if (system.Reach != SystemReach.Shared)
        {
            return LeaseResult.Taken(new UnneededLease());
        }

        try
        {
            return await TakeAsync(await RowsAsync(cancellationToken).ConfigureAwait(false), system, holder, wait, cancellationToken).ConfigureAwait(false);
        }
        catch (LedgerException exception)
        {
            return LeaseResult.Refused($"nobody can tell whether {system} is being broken by another machine: {exception.Message}");
        }
    }

    /// <summary>Closes the ledger: no lease can be taken, renewed or given back any more.</summary>
    /// <returns>When it is closed.</returns>
    public async ValueTask DisposeAsync()
    {
        _opening.Dispose();
        if (_ledger is not null)
        {
            await _ledger.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task<LeaseResult> TakeAsync(LeaseRows rows, SystemIdentity system, LeaseHolder holder, TimeSpan wait, CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        var place = $"{holder.User} on {holder.Machine}";
        while (true)
        {
            var asked = _time.GetTimestamp();
            if (await rows.TakeAsync(system.Key, holder.ToString(), place, _term, cancellationToken).ConfigureAwait(false) is { } token)
            {
                return LeaseResult.Taken(new HeldRow(rows, system.Key, token, _term, _time, asked));
            }

            var row = await rows.FindAsync(system.Key, cancellationToken).ConfigureAwait(false);
            if (row is { IsFree: true, LeftBehind.Length: > 0 } && row.Place != place)
            {
                return LeaseResult.Refused($"{system} is not as it was: {row.Holder} left behind: {row.LeftBehind} The next run of {row.Place} finds out whether that is undone; where there is none any more, put it right and run './run ledger release \"{system.Key}\"'");
            }

            if (_time.GetElapsedTime(began) >= wait && row is { IsFree: false })
            {
                return LeaseResult.Refused($"{system} is being broken by {row.Holder}; wait until that is over, or let runs wait by Chaos.LeaseWait{(wait > TimeSpan.Zero ? $", which is {DurationText.Format(wait)}" : "")}");
            }

            await Task.Delay(Pause < _term ? Pause : _term, _time, cancellationToken).ConfigureAwait(false);
        }
    }

    // Opened once: not every process that could take a lease does.
    private async Task<LeaseRows> RowsAsync(CancellationToken cancellationToken)
    {
        await _opening.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _ledger ??= await RunLedger.OpenAsync(address(), null, cancellationToken).ConfigureAwait(false);
            return new LeaseRows(_ledger);
        }
        finally
        {
            _opening.Release();
        }
    }
}
