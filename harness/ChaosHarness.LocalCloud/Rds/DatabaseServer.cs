using ChaosHarness.LocalCloud.Networking;
using ChaosHarness.Processes.Postgres;

namespace ChaosHarness.LocalCloud.Rds;

/// <summary>One server of a database, in its zone.</summary>
internal sealed record DatabaseServer(PostgresServer Postgres, Subnet Subnet)
{
    /// <summary>What answers at the address of its host; null where the endpoint is an address.</summary>
    public ServerFront? Front { get; init; }

    public string Name => Postgres.Name;

    public bool IsRunning => Postgres.Identity is not null;
}
