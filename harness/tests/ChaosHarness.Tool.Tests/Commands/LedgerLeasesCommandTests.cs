using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Leases;
using ChaosHarness.Safety;
using ChaosHarness.Systems;

namespace ChaosHarness.Tool.Tests.Commands;

public sealed class LedgerLeasesCommandTests
{
    private static readonly SystemIdentity Shop = new("shop", "staging", SystemReach.Shared);
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("leases-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_system_that_another_machine_left_broken_is_named_with_what_was_left_and_ends_with_1()
    {
        await using (var lease = new LedgerLease(() => LedgerAddress.Parse("ledger.db", _folder)))
        {
            var holder = new LeaseHolder("run-1", "losing the primary", "ci-3", 4711, "anna", DateTimeOffset.UnixEpoch);
            var held = (await lease.TakeAsync(Shop, holder, TimeSpan.Zero, CancellationToken.None)).Held!;

            var (during, shown) = await LeasesAsync();
            Assert.That(during, Is.Zero);
            Assert.That(shown, Does.StartWith("shop in staging  held by 'losing the primary' (run run-1, process 4711 of anna on ci-3").And.Contain("No system that"));

            await held.LeaveAsync(["A gate is closed: open it."], CancellationToken.None);
            await held.DisposeAsync();
        }

        var (exitCode, output) = await LeasesAsync();
        Assert.That(exitCode, Is.EqualTo(1));
        Assert.That(output, Does.StartWith("shop in staging  left broken by 'losing the primary' (run run-1, process 4711 of anna on ci-3").And.Contain("\n  A gate is closed: open it.\n"));

        await ChaosProgram.RunAsync(_folder, "ledger", "release", "shop in staging", "--ledger", "ledger.db");
        Assert.That((await LeasesAsync()).ExitCode, Is.Zero);
    }

    private async Task<(int ExitCode, string Output)> LeasesAsync()
    {
        var (exitCode, output, errors) = await ChaosProgram.RunAsync(_folder, "ledger", "leases", "--ledger", "ledger.db");
        return (exitCode, output + errors);
    }
}
