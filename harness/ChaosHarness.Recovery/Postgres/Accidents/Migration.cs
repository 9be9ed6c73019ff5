using System.Collections.Concurrent;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using Npgsql;

namespace ChaosHarness.Recovery.Postgres.Accidents;

/// <summary>
/// A migration that the application does not survive, and its way back: each in one transaction, so that it is there as a whole or not at all. How long
/// the way back takes, and what was written meanwhile, is measured as for any fault.
/// </summary>
/// <param name="connectionString">How whoever migrates reaches the database.</param>
/// <param name="database">The component that it is.</param>
/// <param name="up">The migration.</param>
/// <param name="down">Its way back. It has to keep what was written in between.</param>
public sealed class Migration(string connectionString, string database, string up, string down) : Fault
{
    private const string Number = "number";
    private readonly ConcurrentDictionary<string, bool> _isUp = new();

    /// <summary>How long each of them waits for the application's locks, in a row; then it gives up, and the application goes on.</summary>
    /// <value>Default: 5 seconds.</value>
    public TimeSpan LockLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override string Description => $"migrate {database}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [database];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Mistakes => string.IsNullOrWhiteSpace(up) || string.IsNullOrWhiteSpace(down) ? [.. base.Mistakes, "A migration has a way there and a way back."] : base.Mistakes;

    /// <inheritdoc/>
    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync("SELECT 1", static () => { }, cancellationToken).ConfigureAwait(false);
            return Preflight.Ready;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            return Preflight.NotReady($"{database} does not let whoever migrates in: {exception.Message}");
        }
    }

    /// <inheritdoc/>
    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new RevertRecipe(
        RevertRecipe.InProcess,
        new Dictionary<string, string> { [Number] = Guid.NewGuid().ToString("N"), ["database"] = database },
        $"On {database}, run: {down}"));

    /// <inheritdoc/>
    protected override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return RunAsync(up, () => _isUp[recipe.Parameters[Number]] = true, cancellationToken);
    }

    /// <inheritdoc/>
    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        // What never came, or went back already, has nothing to go back from.
        if (_isUp.ContainsKey(recipe.Parameters[Number]))
        {
            await RunAsync(down, static () => { }, cancellationToken).ConfigureAwait(false);
            _isUp.TryRemove(recipe.Parameters[Number], out _);
        }
    }

    private async ValueTask RunAsync(string sql, Action commits, CancellationToken cancellationToken)
    {
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 }.ConnectionString);
        await using (connection.ConfigureAwait(false))
        {
            await connection.OpenAsync(cancellationToken).ConfigureAwait(false);
            var transaction = await connection.BeginTransactionAsync(cancellationToken).ConfigureAwait(false);
            await using (transaction.ConfigureAwait(false))
            {
                await ExecuteAsync(connection, transaction, FormattableString.Invariant($"SET LOCAL lock_timeout = {LockLimit.TotalMilliseconds:0}"), cancellationToken).ConfigureAwait(false);
                await ExecuteAsync(connection, transaction, sql, cancellationToken).ConfigureAwait(false);
                commits();
                await transaction.CommitAsync(cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static async ValueTask ExecuteAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, string sql, CancellationToken cancellationToken)
    {
        var command = new NpgsqlCommand(sql, connection, transaction);
        await using (command.ConfigureAwait(false))
        {
            await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
