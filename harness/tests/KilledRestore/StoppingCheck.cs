using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Checks;

namespace ChaosHarness.KilledRestores;

/// <summary>A check that never ends.</summary>
internal sealed class StoppingCheck : IPostgresCheck
{
    public string Name => "stops";

    public async ValueTask<(bool Passed, string Detail)> LookAsync(PostgresCopy copy, CancellationToken cancellationToken)
    {
        await Stop.AtAsync("verify", "verify", cancellationToken);
        return (true, "");
    }
}
