using ChaosHarness.Hosts;
using ChaosHarness.Recovery.Postgres.Backups;

namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether every table and every index can be read, and each index knows every row of its table: by <c>pg_amcheck</c>, which reads every page and so tries its checksum too.</summary>
internal sealed class PagesCheck : IPostgresCheck
{
    private const int MostWords = 300;

    public string Name => "tables and indexes";

    public async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        var place = copy.Place;
        var command = RunAs.Of(place, place.Program("pg_amcheck"), "--all", "--install-missing", "--heapallindexed", "--parent-check", "-h", place.Socket, "-U", place.Role) with { Limit = RunAs.Long };
        var result = await new LocalHost().RunAsync(command, cancellationToken).ConfigureAwait(false);
        var said = string.Join(' ', $"{result.Output} {result.Error}".Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return (result.IsSuccess, result.IsSuccess ? "pg_amcheck found nothing" : said.Length > MostWords ? said[..MostWords] : said);
    }
}
