using System.Globalization;

namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>A query that has to give a value.</summary>
/// <param name="Name">What it looks at, such as <c>customers</c>.</param>
/// <param name="Query">The query: its first column of its first row is looked at.</param>
/// <param name="Expected">As PostgreSQL would write the value, such as <c>t</c> or <c>1000</c>.</param>
public sealed record SqlCheck(string Name, string Query, string Expected) : IPostgresCheck
{
    /// <inheritdoc/>
    public async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(copy);
        var text = await copy.AskAsync(Query, cancellationToken).ConfigureAwait(false) switch
        {
            null or DBNull => "null",
            true => "t",
            false => "f",
            var value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "null",
        };
        return (text == Expected, text == Expected ? text : $"{text}, and not {Expected}");
    }
}
