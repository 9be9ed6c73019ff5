using System.Globalization;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Processes;
using ChaosHarness.Processes.Postgres;
using ChaosHarness.Recovery.Volumes;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;
using Npgsql;

namespace ChaosHarness.Recovery.Tests.Volumes;

/// <summary>A database that flushes what it acknowledges, and one that does not, whose power is cut: the harness has to tell them apart.</summary>
[Platform("Linux")]
public sealed class PowerCutTests
{
    private readonly string _journals = Directory.CreateTempSubdirectory("cuts-").FullName;
    private ForgetfulVolume _volume = null!;
    private PostgresServer _server = null!;
    private NpgsqlDataSource _database = null!;

    [SetUp]
    public async Task StartAsync()
    {
        try
        {
            _volume = await ForgetfulVolume.CreateAsync(megabytes: 300, RunUser.Unprivileged, default);
        }
        catch (ImpossibleException reason)
        {
            Assert.Ignore(reason.Message);
        }

        var folder = Path.Combine(_volume.Path, "data");
        await Tool.RunAsync(new ProcessPlan("mkdir", "mkdir", [folder], "/") { User = RunUser.Unprivileged }, default);
        _server = new PostgresServer(PostgresInstallation.Find(), "db", folder);
        _database = NpgsqlDataSource.Create(string.Create(CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_server.Port};Username=postgres;Database=postgres;Timeout=2"));
        await _server.CreateAsync(default);
    }

    [TearDown]
    public async Task EndAsync()
    {
        await _database.DisposeAsync();
        await _server.DisposeAsync();
        await _volume.DisposeAsync();
        Assert.That(Directory.Exists(Path.GetDirectoryName(_volume.Path)), Is.False, "nothing of the volume is left");
    }

    [OneTimeTearDown]
    public void Remove() => Directory.Delete(_journals, recursive: true);

    [Test]
    public async Task What_was_flushed_is_there_after_a_power_cut()
    {
        var run = await RunAsync("on");

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        Assert.That(run.Find("acknowledged writes")!.Figure.Lower, Is.GreaterThan(50));
        Assert.That(run.LostWrites, Is.Empty);
    }

    [Test]
    public async Task What_was_acknowledged_and_not_flushed_is_lost_and_that_is_found()
    {
        var run = await RunAsync("off");

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Failed), run.Reason);
        Assert.That(run.LostWrites, Has.Count.GreaterThan(50));
    }

    private async Task<RunRecord> RunAsync(string fsync)
    {
        var settings = $"fsync = {fsync}\n";
        await _server.StartAsync(ServerRole.Primary, settings, default);
        await using (var table = _database.CreateCommand("CREATE TABLE orders (id bigint PRIMARY KEY); CHECKPOINT"))
        {
            await table.ExecuteNonQueryAsync();
        }

        // What was there before the experiment is not what it is about.
        await _volume.FlushAsync(default);
        var orders = new Workload("orders", 100, async (write, token) =>
        {
            await using var command = _database.CreateCommand("INSERT INTO orders VALUES ($1)");
            command.Parameters.Add(new NpgsqlParameter { Value = write.Id });
            await command.ExecuteNonQueryAsync(token);
            return WriteOutcome.Ack();
        }).ReadBack(StoredAsync);
        return await new ExperimentRunner(new RunnerOptions { FaultJournalFolder = _journals, Safety = new SafetyPolicy { HaltFiles = [] } }).RunAsync(
            Experiment.Hypothesis("no order is lost when the power of the database is cut")
                .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = _volume.Path, Components = [new Component("db", ComponentKind.Database)] })
                .Workload(orders)
                .SteadyState(new SuccessRate("orders").AtLeast(0.9))
                .SteadyFor("1s")
                .Inject(new PowerCut(_volume, "db", async token =>
                {
                    await _server.KillAsync();
                    await _server.StartAsync(ServerRole.Primary, settings, token);
                }).For("500ms"))
                .Deadline("40s")
                .Expect(Lost.Nothing),
            CancellationToken.None);
    }

    private async IAsyncEnumerable<long> StoredAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken token)
    {
        await using var command = _database.CreateCommand("SELECT id FROM orders");
        await using var rows = await command.ExecuteReaderAsync(token);
        while (await rows.ReadAsync(token))
        {
            yield return rows.GetInt64(0);
        }
    }
}
