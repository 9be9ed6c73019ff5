using System.Data;
using System.Data.Common;

namespace ChaosHarness.Ledger.Rows;

/// <summary>Statements that go to the database together where it takes several at once: between machines each way there and back takes longer than what is done.</summary>
internal sealed class StatementBatch(DbConnection connection, DbTransaction transaction) : IAsyncDisposable
{
    private readonly DbBatch? _batch = connection.CanCreateBatch ? connection.CreateBatch() : null;
    private readonly List<DbCommand> _commands = [];

    /// <summary>Adds a statement.</summary>
    /// <param name="sql">The statement: never made of what somebody gave.</param>
    /// <param name="parameters">Its parameters. Without a type PostgreSQL cannot tell what kind of null one is.</param>
    public void Add(string sql, IEnumerable<(string Name, DbType Type, object? Value)> parameters)
    {
#pragma warning disable CA2100 // See above.
        if (_batch is not null)
        {
            var statement = _batch.CreateBatchCommand();
            statement.CommandText = sql;
            Add(statement.Parameters, statement.CreateParameter, parameters);
            _batch.BatchCommands.Add(statement);
            return;
        }

        var command = connection.CreateCommand();
        command.CommandText = sql;
#pragma warning restore CA2100
        Add(command, parameters);
        _commands.Add(command);
    }

    public async Task ExecuteAsync(CancellationToken cancellationToken)
    {
        if (_batch is { BatchCommands.Count: > 0 })
        {
            _batch.Transaction = transaction;
            await _batch.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }

        foreach (var command in _commands)
        {
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_batch is not null)
        {
            await _batch.DisposeAsync().ConfigureAwait(false);
        }

        foreach (var command in _commands)
        {
            await command.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Gives a command its parameters.</summary>
    public static void Add(DbCommand command, IEnumerable<(string Name, DbType Type, object? Value)> parameters) => Add(command.Parameters, command.CreateParameter, parameters);

    private static void Add(DbParameterCollection added, Func<DbParameter> create, IEnumerable<(string Name, DbType Type, object? Value)> parameters)
    {
        foreach (var (name, type, value) in parameters)
        {
            var parameter = create();
            parameter.ParameterName = name;
            parameter.DbType = type;
            parameter.Value = value ?? DBNull.Value;
            added.Add(parameter);
        }
    }
}
