using System.Data.Common;

namespace ChaosHarness.Probes;

/// <summary>Runs a query on any ADO.NET database; good when it succeeds and its first value is not null, 0 or false.</summary>
/// <param name="Name">What the signal is called in records.</param>
/// <param name="Database">Where connections come from, such as an <c>NpgsqlDataSource</c>; the caller owns it.</param>
/// <param name="Query">SQL that returns one value.</param>
public sealed record SqlProbe(string Name, DbDataSource Database, string Query = "SELECT 1") : Probe(Name)
{
    /// <inheritdoc/>
    public override async ValueTask<ProbeSample> SampleAsync(CancellationToken cancellationToken)
    {
        var command = Database.CreateCommand(Query);
        await using (command.ConfigureAwait(false))
        {
            var value = await command.ExecuteScalarAsync(cancellationToken).ConfigureAwait(false);
            return value is null or DBNull or false or 0 or 0L ? ProbeSample.Bad($"the query gave {value ?? "nothing"}") : ProbeSample.Good;
        }
    }
}
