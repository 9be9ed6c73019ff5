using System.Data.Common;

namespace ChaosHarness.Ledger.Databases;

/// <summary>What SQLite and PostgreSQL do each in their own way; everything else is the same SQL.</summary>
internal interface ILedgerDatabase : IAsyncDisposable
{
    /// <summary>Brings the schema up to date, with no other process doing the same.</summary>
    Task MigrateAsync(CancellationToken cancellationToken);

    Task<DbConnection> OpenAsync(CancellationToken cancellationToken);
}
