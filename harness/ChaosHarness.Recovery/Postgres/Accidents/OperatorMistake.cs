using System.Collections.Concurrent;
using ChaosHarness.Faults;
using ChaosHarness.Safety;
using Npgsql;

namespace ChaosHarness.Recovery.Postgres.Accidents;

/// <summary>
/// A statement that an operator should not have run, such as a DELETE without WHERE, and what brings the rows back. What was acknowledged between the moment
/// before and the statement itself is gone with it, and counted as lost.
/// </summary>
/// <param name="connectionString">How the operator reaches the database.</param>
/// <param name="database">The component that it is.</param>
/// <param name="statement">The statement.</param>
/// <param name="repair">What brings the rows back.</param>
public sealed class OperatorMistake(string connectionString, string database, string statement, TableRepair repair) : Fault
{
    private const string Number = "number";
    private readonly ConcurrentDictionary<string, DateTimeOffset> _before = new();

    /// <inheritdoc/>
    public override string Description => $"an operator runs {statement}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Targets => [database];

    /// <inheritdoc/>
    protected override async ValueTask<Preflight> LookAsync(CancellationToken cancellationToken) =>
        await repair.WhyNotAsync(cancellationToken).ConfigureAwait(false) is { } missing ? Preflight.NotReady($"what {statement} takes could not be brought back: {missing}") : Preflight.Ready;

    /// <inheritdoc/>
    protected override ValueTask<RevertRecipe> PlanRevertAsync(CancellationToken cancellationToken) => ValueTask.FromResult(new RevertRecipe(
        RevertRecipe.InProcess,
        new Dictionary<string, string> { [Number] = Guid.NewGuid().ToString("N"), ["statement"] = statement },
        repair.Instructions));

    /// <inheritdoc/>
    protected override async ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var operatorsDatabase = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false });
        await using (operatorsDatabase.ConfigureAwait(false))
        {
            var connection = await operatorsDatabase.OpenConnectionAsync(cancellationToken).ConfigureAwait(false);
            await using (connection.ConfigureAwait(false))
            {
                var clock = new NpgsqlCommand("SELECT clock_timestamp()", connection);
                await using (clock.ConfigureAwait(false))
                {
                    _before[recipe.Parameters[Number]] = new DateTimeOffset((DateTime)(await clock.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false))!, TimeSpan.Zero);
                }

                var mistake = new NpgsqlCommand(statement, connection);
                await using (mistake.ConfigureAwait(false))
                {
                    await mistake.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <inheritdoc/>
    protected override async ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        // Without a moment it was never run.
        if (_before.TryGetValue(recipe.Parameters[Number], out var before))
        {
            await repair.RunAsync(before, cancellationToken).ConfigureAwait(false);
        }
    }
}
