namespace ChaosHarness.Recovery.Postgres.Checks;

/// <summary>Whether every table and every index can be read, and each index knows every row of its table: by <c>pg_amcheck</c>, which reads every page and so tries its checksum too.</summary>
internal sealed class PagesCheck : IPostgresCheck
{
    public string Name => "tables and indexes";

    public ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        var place = copy.Place;
        var command = CopyCommand.Of(place.User, place.Program("pg_amcheck"), "--all", "--install-missing", "--heapallindexed", "--parent-check", "-h", place.Socket, "-U", place.Role) with { Limit = CopyCommand.Long };
        return CopyCommand.LookAsync(command, "pg_amcheck found nothing", cancellationToken);
    }
}
