using System.Data.Common;
using Dapper;

namespace ChaosHarness.Ledger.Leases;

/// <summary>The table of leases. Each statement is one transaction, and what it compares is told by the clock of the database.</summary>
internal sealed class LeaseRows(RunLedger ledger)
{
    /// <summary>Takes a lease that nobody has.</summary>
    /// <returns>Its number, which no other lease on the system ever has; null when somebody has it, or somebody elsewhere left something behind.</returns>
    public Task<long?> TakeAsync(string system, string holder, string place, TimeSpan term, CancellationToken cancellationToken) => ledger.AskAsync(
        connection => connection.QueryFirstOrDefaultAsync<long?>(Command(
            $"""
            INSERT INTO leases (system, token, holder, place, renewed_at, expires_at, left_behind)
            VALUES (@system, 1, @holder, @place, {ledger.Now}, {ledger.Now} + @term, '')
            ON CONFLICT (system) DO UPDATE
            SET token = leases.token + 1, holder = excluded.holder, place = excluded.place, renewed_at = excluded.renewed_at, expires_at = excluded.expires_at
            WHERE leases.expires_at <= {ledger.Now} AND (leases.left_behind = '' OR leases.place = excluded.place)
            RETURNING token
            """,
            new { system, holder, place, term = Milliseconds(term) },
            cancellationToken)),
        cancellationToken);

    public Task<LeaseRow?> FindAsync(string system, CancellationToken cancellationToken) => ledger.AskAsync(
        connection => connection.QueryFirstOrDefaultAsync<LeaseRow?>(Command(
            $"SELECT holder AS Holder, place AS Place, left_behind AS LeftBehind, expires_at - {ledger.Now} AS MillisecondsLeft FROM leases WHERE system = @system",
            new { system },
            cancellationToken)),
        cancellationToken);

    /// <summary>All that are held, and those whose holders left something behind; the oldest first.</summary>
    public Task<IReadOnlyList<SystemLeaseState>> AllAsync(CancellationToken cancellationToken) => ledger.AskAsync(
        async connection => (IReadOnlyList<SystemLeaseState>)[.. (await connection.QueryAsync<(string System, string Holder, long MillisecondsLeft, string LeftBehind)>(Command(
            $"SELECT system, holder, expires_at - {ledger.Now}, left_behind FROM leases WHERE expires_at > {ledger.Now} OR left_behind <> '' ORDER BY renewed_at, system",
            new { },
            cancellationToken)).ConfigureAwait(false)).Select(row => new SystemLeaseState(row.System, row.Holder, row.MillisecondsLeft > 0 ? TimeSpan.FromMilliseconds(row.MillisecondsLeft) : TimeSpan.Zero, row.LeftBehind))],
        cancellationToken);

    /// <summary>Makes a lease last again. One that ran out and that nobody took meanwhile is still held.</summary>
    /// <returns>Whether it is held.</returns>
    public async Task<bool> RenewAsync(string system, long token, TimeSpan term, CancellationToken cancellationToken) => await ChangeAsync(
        $"UPDATE leases SET renewed_at = {ledger.Now}, expires_at = {ledger.Now} + @term WHERE system = @system AND token = @token AND expires_at > 0",
        new { system, token, term = Milliseconds(term) },
        cancellationToken).ConfigureAwait(false) == 1;

    public Task LeaveAsync(string system, long token, string faults, CancellationToken cancellationToken) =>
        ChangeAsync("UPDATE leases SET left_behind = @faults WHERE system = @system AND token = @token", new { system, token, faults }, cancellationToken);

    public Task GiveBackAsync(string system, long token, CancellationToken cancellationToken) =>
        ChangeAsync("UPDATE leases SET expires_at = 0 WHERE system = @system AND token = @token", new { system, token }, cancellationToken);

    /// <summary>Frees a system, whoever has it and whatever was left behind.</summary>
    /// <returns>Whether there was a lease on it at all.</returns>
    public async Task<bool> FreeAsync(string system, CancellationToken cancellationToken) =>
        await ChangeAsync("UPDATE leases SET expires_at = 0, left_behind = '' WHERE system = @system", new { system }, cancellationToken).ConfigureAwait(false) == 1;

    private static CommandDefinition Command(string sql, object parameters, CancellationToken cancellationToken) => new(sql, parameters, cancellationToken: cancellationToken);

    private static long Milliseconds(TimeSpan term) => (long)term.TotalMilliseconds;

    private Task<int> ChangeAsync(string sql, object parameters, CancellationToken cancellationToken) =>
        ledger.AskAsync((DbConnection connection) => connection.ExecuteAsync(Command(sql, parameters, cancellationToken)), cancellationToken);
}
