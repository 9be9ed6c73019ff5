using System.Globalization;

namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether the copy is of the very system that it is to be a backup of: PostgreSQL numbers each when it is made.</summary>
internal sealed class SameSystemCheck : IPostgresCheck
{
    private const string Query = "SELECT system_identifier FROM pg_control_system()";

    public string Name => "of this system";

    public async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        var here = (long)(await copy.AskAsync(Query, cancellationToken).ConfigureAwait(false))!;
        var there = await copy.Source.AskAsync<long>(Query, cancellationToken).ConfigureAwait(false);
        return here == there
            ? (true, string.Create(CultureInfo.InvariantCulture, $"system {here}"))
            : (false, string.Create(CultureInfo.InvariantCulture, $"system {here}, and not {there}: it is a backup of another database"));
    }
}
