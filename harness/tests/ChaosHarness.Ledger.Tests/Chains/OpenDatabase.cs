using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace ChaosHarness.Ledger.Tests.Chains;

/// <summary>The database of a ledger in the hands of somebody who knows SQL.</summary>
internal sealed class OpenDatabase(string kind, LedgerAddress address) : IAsyncDisposable
{
    private readonly DbConnection _connection = kind == LedgerPlaces.Sqlite ? new SqliteConnection($"Data Source={address.Shown};Pooling=False") : new NpgsqlConnection(LedgerPlaces.ConnectionString(address));

    public Task<int> ExecuteAsync(string sql, object? parameters = null) => _connection.ExecuteAsync(sql, parameters);

    public Task<T?> AskAsync<T>(string sql) => _connection.ExecuteScalarAsync<T>(sql);

    public async Task<object?> ValueAsync(string sql) => await _connection.ExecuteScalarAsync(sql) is var value and not DBNull ? value : null;

    public async Task<IReadOnlyList<(string Table, string Column)>> ColumnsAsync(params string[] tables)
    {
        var columns = new List<(string, string)>();
        foreach (var table in tables)
        {
            var sql = kind == LedgerPlaces.Sqlite ? $"SELECT name FROM pragma_table_info('{table}')" : $"SELECT column_name FROM information_schema.columns WHERE table_name = '{table}' ORDER BY ordinal_position";
            columns.AddRange((await _connection.QueryAsync<string>(sql)).Select(column => (table, column)));
        }

        return columns;
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
