using System.Data.Common;

namespace ChaosHarness.Ledger.Databases;

/// <summary>What SQLite and PostgreSQL do each in their own way; everything else is the same SQL.</summary>
internal interface ILedgerDatabase : IAsyncDisposable
{
    /// <summary>Sets up a new ledger, or brings the schema of an older one up to date, with no other process doing the same.</summary>
    /// <param name="isAsked">Whether somebody asked for it: one that is shared is not changed under the feet of older versions otherwise.</param>
    /// <param name="cancellationToken">Ends the waiting for others.</param>
    /// <returns>Whether an earlier version had made it.</returns>
    /// <exception cref="LedgerException">It was made by a later version; by an earlier one and may not be changed here; or there is no room.</exception>
    Task<bool> MigrateAsync(bool isAsked, CancellationToken cancellationToken);

    /// <summary>The time of the database as an expression, in Unix milliseconds; each time it is evaluated it is the time then.</summary>
    string Now { get; }

    /// <summary>What to run first in a transaction that appends, so that one at a time does: empty where a transaction is alone anyway.</summary>
    string Turn { get; }

    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Begins to read the ledger as it is now, whatever is appended meanwhile. Nobody waits for it.</summary>
    Task<DbTransaction> ReadAsOfNowAsync(DbConnection opened, CancellationToken cancellationToken);
}
