using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Recovery.Moments;
using ChaosHarness.Recovery.Postgres;
using ChaosHarness.Recovery.Postgres.Checks;
using ChaosHarness.Safety;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;

namespace ChaosHarness.Recovery.Tests.Postgres;

/// <summary>Sound backups of a real PostgreSQL.</summary>
[Platform("Linux")]
public sealed class PostgresRestoreTests
{
    private readonly string _journals = Directory.CreateTempSubdirectory("restores-").FullName;
    private ArchivedDatabase _shop = null!;

    [OneTimeSetUp]
    public async Task StartAsync() => _shop = await ArchivedDatabase.StartAsync();

    [OneTimeTearDown]
    public async Task EndAsync()
    {
        await _shop.DisposeAsync();
        Directory.Delete(_journals, recursive: true);
    }

    [Test]
    public async Task Under_traffic_every_order_before_the_moment_is_there_and_none_after_it()
    {
        var place = _shop.Place();
        var restore = new PostgresRestore(_shop.Kept, _shop.Source, place)
        {
            Moment = RestoreMoment.Ago("2500ms"),
            Writes = new Dictionary<string, string> { ["orders"] = "SELECT id FROM orders" },
            Checks = [new SqlCheck("customers", "SELECT count(*) FROM customers", "100"), new ProgramCheck("asked by another program", "psql", "-c", "SELECT 1")],
        };

        var run = await RunAsync(restore, Restored.Within("60s"), Restored.LackingAtMost("60s"));

        var text = run.Findings.Single(finding => finding.Name == "restores").Text;
        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), $"{run.Reason} {text}");
        Assert.That(text, Does.Match("all of [1-9][0-9]* writes before its moment are there; lacks [1-9][0-9]* writes, .*; 7 checks passed"));
        Assert.That(run.Figures.Select(figure => figure.Figure.Name), Is.SupersetOf(new[] { "restore time, find", "restore time, fetch", "restore time, replay", "restore time, verify" }));
        Assert.That(Path.Exists(place.Folder), Is.False);
    }

    [Test]
    public async Task The_latest_has_what_only_the_log_knows()
    {
        await _shop.ArchiveAsync();
        var place = _shop.Place();
        var outcome = await RestoreRun.OfAsync(
            new PostgresRestore(_shop.Kept, _shop.Source, place) { Checks = [new SqlCheck("orders", "SELECT count(*) FROM orders WHERE item LIKE 'coffee%'", "20000")] },
            place);

        Assert.That(outcome.IsSound, outcome.ToString());
    }

    [Test]
    public async Task A_moment_that_no_log_reaches_is_no_restore_though_PostgreSQL_started()
    {
        var place = _shop.Place();
        // What was written in the last moments is in no archive yet.
        var outcome = await RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, _shop.Source, place) { Moment = RestoreMoment.Ago("0s") }, place);

        Assert.That(outcome.IsSound, Is.False);
        Assert.That(outcome.Copy.Problem, Does.Contain("recovery ended before configured recovery target was reached"));
    }

    [Test]
    public async Task A_moment_before_every_backup_is_refused()
    {
        var place = _shop.Place();
        var outcome = await RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, _shop.Source, place) { Moment = RestoreMoment.Ago("24h") }, place);

        Assert.That(outcome.Copy.Problem, Does.StartWith("none of the backups in ").And.Contain(" was complete by ").And.EndWith("of 1 that there are"));
    }

    [Test]
    public async Task A_folder_that_is_there_already_is_not_touched()
    {
        var place = _shop.Place();
        Directory.CreateDirectory(place.Folder);
        await File.WriteAllTextAsync(Path.Combine(place.Folder, "theirs"), "");
        var restore = new PostgresRestore(_shop.Kept, _shop.Source, place);

        var look = await restore.LookAsync(default);
        await restore.RevertAsync(await restore.PlanRevertAsync(default), default);

        Assert.That(look.Obstacle, Does.Contain("is there already"));
        Assert.That(File.Exists(Path.Combine(place.Folder, "theirs")));
    }

    [Test]
    public async Task A_place_behind_a_link_is_left_with_nothing_that_runs()
    {
        var place = _shop.Place();
        var link = place.Folder + "-link";
        Directory.CreateSymbolicLink(link, Path.GetDirectoryName(place.Folder)!);
        var behind = new PostgresPlace(Path.Combine(link, Path.GetFileName(place.Folder)) + "/");

        var outcome = await RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, _shop.Source, behind), behind);

        Assert.That(outcome.IsSound, outcome.ToString());
        Assert.That(Directory.EnumerateDirectories("/proc").Where(process => WorksIn(process, place.Folder)), Is.Empty);
    }

    [Test]
    public async Task Two_at_once_do_not_meet()
    {
        await _shop.ArchiveAsync();
        var places = new[] { _shop.Place(), _shop.Place() };
        var outcomes = await Task.WhenAll(places.Select(place => RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, _shop.Source, place), place)));

        Assert.That(outcomes.Select(outcome => outcome.IsSound), Is.All.True, string.Join("; ", outcomes.AsEnumerable()));
    }

    [Test]
    public async Task A_role_that_cannot_write_is_enough_and_one_that_can_does_not()
    {
        Assert.That(async () => await _shop.Source.AskAsync<int>("WITH new AS (INSERT INTO customers (name) VALUES ('bob') RETURNING id) SELECT id FROM new", default), Throws.Exception.With.Message.Contains("read-only transaction"));
        await _shop.RunAsync("CREATE ROLE reader LOGIN");
        await _shop.ArchiveAsync();
        await using var reader = new PostgresSource(_shop.ConnectionString.Replace("Username=postgres", "Username=reader", StringComparison.Ordinal));
        Assert.That(async () => await reader.AskAsync<int>("SELECT id FROM customers LIMIT 1", default), Throws.Exception.With.Message.Contains("permission denied"));
        var place = _shop.Place();

        var outcome = await RestoreRun.OfAsync(new PostgresRestore(_shop.Kept, reader, place), place);

        Assert.That(outcome.IsSound, outcome.ToString());
        Assert.That(await _shop.AskAsync<long>("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'chaosharness restore'"), Is.Zero, "no connection is left");
    }

    [Test]
    public async Task The_latest_that_is_further_behind_than_was_promised_is_found()
    {
        var place = _shop.Place();
        var restore = new PostgresRestore(_shop.Kept, _shop.Source, place) { Moment = RestoreMoment.Latest("1s"), Writes = new Dictionary<string, string> { ["orders"] = "SELECT id FROM orders WHERE id < 0" } };

        var run = await RunAsync(restore);

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Failed), run.Reason);
        Assert.That(run.Find("restored copy misses")!.Figure.Lower, Is.GreaterThan(100));
        Assert.That(run.Find("restored copy has too new")!.Figure.Lower, Is.Zero);
    }

    private static bool WorksIn(string process, string folder)
    {
        try
        {
            return new FileInfo(Path.Combine(process, "cwd")).LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private Task<RunRecord> RunAsync(PostgresRestore restore, params IReadOnlyList<Expectation> expectations) => new ExperimentRunner(new RunnerOptions
    {
        FaultJournalFolder = _journals,
        Safety = new SafetyPolicy { HaltFiles = [] },
    }).RunAsync(
        Experiment.Hypothesis("the backup gives every order back")
            .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = _shop.Data })
            .Workload(_shop.Traffic(perSecond: 100))
            .SteadyState(new SuccessRate("orders").AtLeast(0.9))
            .SteadyFor("5s")
            .Inject(restore)
            .Expect(expectations),
        CancellationToken.None);
}
