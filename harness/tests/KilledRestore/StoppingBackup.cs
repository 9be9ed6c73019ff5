using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Backups;

namespace ChaosHarness.KilledRestores;

/// <summary>Backups with which a restore comes to one of its phases, and no further.</summary>
internal sealed class StoppingBackup(BaseBackups backups, string phase) : IPostgresBackup
{
    public string Name => backups.Name;

    public ValueTask<string?> WhyNotAsync(CancellationToken cancellationToken) => backups.WhyNotAsync(cancellationToken);

    public async ValueTask<FoundBackup> FindAsync(DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        var found = await backups.FindAsync(moment, cancellationToken);
        await Stop.AtAsync("find", phase, cancellationToken);
        return found;
    }

    public async ValueTask<IReadOnlyDictionary<string, string>> FetchAsync(FoundBackup backup, PostgresPlace place, DateTimeOffset? moment, CancellationToken cancellationToken)
    {
        var settings = await backups.FetchAsync(backup, place, moment, cancellationToken);
        await Stop.AtAsync("fetch", phase, cancellationToken);
        if (phase != "replay")
        {
            return settings;
        }

        // A segment that does not come: PostgreSQL waits for what is to fetch it.
        Console.WriteLine(phase);
        return new Dictionary<string, string>(settings) { ["restore_command"] = "sleep 600; false" };
    }
}
