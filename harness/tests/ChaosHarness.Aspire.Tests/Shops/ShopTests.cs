using System.Diagnostics;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Processes;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Sweeps;
using ChaosHarness.Systems;
using ChaosHarness.Toxiproxy.Faults;

namespace ChaosHarness.Aspire.Tests.Shops;

/// <summary>What is done to the shop, and what its users and Aspire see of it.</summary>
[Platform("Linux"), NonParallelizable]
public sealed class ShopTests
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { Timeout = TimeSpan.FromSeconds(10) };
    private string _folder = null!;

    private static AspireSystem System => Shop.System;

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("aspire-tests-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Replicas_are_components_apart_and_links_are_components_too()
    {
        TestContext.Out.WriteLine($"up after {Shop.Up.TotalSeconds:0.0} s");
        Assert.That(System.UnderTest.Components, Is.EquivalentTo(new Component[]
        {
            new("api-1", ComponentKind.Service), new("api-2", ComponentKind.Service), new("web", ComponentKind.Service), new("postgres", ComponentKind.Database),
            new("web to api", ComponentKind.Link), new("api to postgres", ComponentKind.Link),
        }));
        Assert.That(System.UnderTest.Identity.Key, Does.Contain("shop in local").And.Contain("of process"), "only this process knows it");
        Assert.That(System.Replica("api-1").Id, Does.StartWith("api-").And.Not.EqualTo(System.Replica("api-2").Id));
        Assert.That(System.Replica(System.Replica("api-2").Id), Is.SameAs(System.Replica("api-2")));
    }

    [Test]
    public void What_is_not_there_is_answered_with_what_is()
    {
        Assert.That(() => System.Resource("shop"), Throws.ArgumentException.With.Message.Contain("'api', 'postgres', 'web'"));
        Assert.That(() => System.Replica("api-3"), Throws.ArgumentException.With.Message.Contain("'api-1', 'api-2'"));
        Assert.That(() => System.Link("api", "web"), Throws.ArgumentException.With.Message.Contain("'api to postgres', 'web to api'"));
    }

    [Test]
    public void Every_part_has_its_generic_experiments() => Assert.That(System.Swept.Cases.Select(known => known.ToString()), Is.EquivalentTo(new[]
    {
        "lose api-1", "lose api-2", "lose postgres", "lose web", "freeze api-1", "freeze api-2", "freeze postgres", "freeze web",
        "cut api to postgres", "cut web to api", "slow api to postgres", "slow web to api", "restart shop one by one",
    }));

    [Test]
    public async Task A_replica_that_crashes_is_told_measured_and_brought_back()
    {
        var lost = await ProcessAsync("api-1");
        var record = await RunAsync(swept => swept.Experiment(new SweepCase(SweepKind.LoseComponent, "api-1")));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(lost.IsRunning, Is.False);
        Assert.That(await ProcessAsync("api-1"), Is.Not.EqualTo(lost), "it was brought back");
        var fault = record.Faults.Single();
        TestContext.Out.WriteLine($"gone {fault.Injected.Length.TotalMilliseconds:0} ms after the kill began, back {fault.Reverted!.Value.Length.TotalMilliseconds:0} ms after the start began");
        Assert.That(Signals(record), Does.Contain("api-1 Finished: exit code -1").And.Contain("api-1 Running"));
        Assert.That(await AnsweredByAsync(), Has.Count.EqualTo(2), "both replicas answer again");
    }

    [Test]
    public async Task A_frozen_replica_hangs_its_requests_until_it_is_thawed()
    {
        var frozen = await ProcessAsync("api-2");
        var record = await RunAsync(swept => (swept with { Length = "2s" }).Experiment(new SweepCase(SweepKind.FreezeComponent, "api-2")));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(await ProcessAsync("api-2"), Is.EqualTo(frozen), "it is the same process");
        Assert.That(BadAnswers(record), Is.GreaterThan(3), "users noticed");
        Assert.That(await AnsweredByAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_resource_is_stopped_by_the_command_of_the_dashboard_and_started_again()
    {
        var record = await RunAsync(swept => Experiment(swept, "the shop is served again", ((Schedule)System.Resource("api").Stop()).For("500ms")));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(record.Faults.Single().Targets, Is.EqualTo(new[] { "api-1", "api-2" }));
        Assert.That(BadAnswers(record), Is.GreaterThan(3), "nothing answers while all replicas are stopped");
        Assert.That(await AnsweredByAsync(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task What_somebody_else_starts_again_is_told_and_what_is_stopped_cannot_be_broken()
    {
        var replica = System.Replica("api-1");
        var stop = replica.Stop();
        var recipe = await stop.PlanRevertAsync(CancellationToken.None);
        await stop.ApplyAsync(recipe, Limit());
        Assert.That(await stop.IsThereAsync(recipe, Limit()), Is.EqualTo(Presence.There));
        foreach (var fault in new[] { stop, replica.Crash(), replica.Freeze() })
        {
            Assert.That((await fault.LookAsync(Limit())).Obstacle, Does.StartWith("api-1 does not run, Aspire says '").And.EndWith("start it first"));
        }

        await replica.RestoreAsync(Limit());

        Assert.That(await stop.IsThereAsync(recipe, Limit()), Is.EqualTo(Presence.Gone("api-1 was started again")));
        await stop.RevertAsync(recipe, Limit());
    }

    [Test]
    public async Task A_restart_replaces_the_process_and_its_health_is_told()
    {
        var before = await ProcessAsync("web");
        var restart = System.Replica("web").Restart();
        var recipe = await restart.PlanRevertAsync(CancellationToken.None);
        var (told, lines) = (new List<Signal>(), new List<string>());
        using (System.UnderTest.Logs.Single(log => log.Component == "web").Subscribe(line => Add(lines, line)))
        using (System.UnderTest.Signals.Single().Subscribe(signal => Add(told, signal)))
        {
            // Aspire looks every second until all is well, and then every 30: what is sick from the beginning is found soon.
            await File.WriteAllTextAsync(Shop.SickFile, "");
            await restart.ApplyAsync(recipe, Limit());
            Assert.That(() => Of(told, "web health", SignalKind.Detected), Has.Count.EqualTo(1).After(60_000, 50));
            var reverted = restart.RevertAsync(recipe, Limit()).AsTask();
            await Task.Delay(300);
            Assert.That(reverted.IsCompleted, Is.False, "it runs and is not well");
            File.Delete(Shop.SickFile);
            await reverted;
            Assert.That(() => Of(told, "web health", SignalKind.Recovered), Has.Count.EqualTo(1).After(60_000, 50));
            Assert.That(() => Copy(lines), Has.Exactly(1).Contain("Application started").After(10_000, 50), "the log goes on");
        }

        Assert.That(before.IsRunning, Is.False);
        Assert.That(await ProcessAsync("web"), Is.Not.EqualTo(before));
        Assert.That(Of(told, "web health", SignalKind.Detected).Single().Detail, Does.StartWith("Unhealthy: "));
        var recovered = Of(told, "web health", SignalKind.Recovered).Single();
        Assert.That(recovered.NotBefore, Is.LessThan(recovered.Timestamp), "it became so between two looks");
    }

    [Test]
    public async Task What_a_component_writes_from_now_on_is_its_log()
    {
        await PostAsync("says?what=before");
        await Task.Delay(1000);
        var lines = new List<string>();
        using (System.UnderTest.Logs.Single(log => log.Component == "web").Subscribe(line => Add(lines, line)))
        {
            await PostAsync("says?what=after");
            Assert.That(() => Copy(lines), Has.Some.Contain("somebody says after").After(10_000, 50));
        }

        Assert.That(lines, Has.None.Contain("says before").And.None.Contain("\e["));
    }

    [TestCase("web", "api", "")]
    [TestCase("api", "postgres", "orders")]
    public async Task A_slow_link_delays_by_what_was_asked_for(string from, string to, string path)
    {
        var address = new Uri(Shop.AddressOf(from), path);
        var normal = await QuickestAsync(address);
        var slow = System.Link(from, to).Latency("200ms", direction: LinkDirection.ToClient);
        var recipe = await slow.PlanRevertAsync(CancellationToken.None);
        await slow.ApplyAsync(recipe, Limit());
        var delayed = await QuickestAsync(address);
        await slow.RevertAsync(recipe, Limit());
        var after = await QuickestAsync(address);

        TestContext.Out.WriteLine($"{normal.TotalMilliseconds:0.0} ms, {delayed.TotalMilliseconds:0.0} ms, {after.TotalMilliseconds:0.0} ms");
        // A connection to a database takes several round trips.
        Assert.That((delayed - normal).TotalMilliseconds, path.Length == 0 ? Is.InRange(195, 300) : Is.GreaterThan(195));
        Assert.That((delayed - after).TotalMilliseconds, Is.GreaterThan(195), "and no more once it is undone");
    }

    [Test]
    public async Task A_cut_link_lets_nothing_pass()
    {
        var record = await RunAsync(swept => (swept with { Length = "2s" }).Experiment(new SweepCase(SweepKind.CutLink, "web to api")));

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Passed), record.Reason);
        Assert.That(BadAnswers(record), Is.GreaterThan(8), "those that wait for longer than the front does");
    }

    private async Task<RunRecord> RunAsync(Func<SweptSystem, ExperimentBuilder> experiment)
    {
        // On a busy machine what was just started is slow at first.
        while (await QuickestAsync(Shop.Web) > TimeSpan.FromMilliseconds(200))
        {
        }

        var options = new RunnerOptions { FaultJournalFolder = _folder, Watchdog = false, Safety = new SafetyPolicy { HaltFiles = [] } };
        var shop = System.Swept with { Probes = [new HttpProbe("front", Shop.Web).Every("50ms")], SteadyState = [new SuccessRate("front").AtLeast(0.9)] };
        return await new ExperimentRunner(options).RunAsync(experiment(shop).SteadyFor("500ms"));
    }

    private static ExperimentBuilder Experiment(SweptSystem swept, string hypothesis, Schedule schedule) => ChaosHarness.Experiments.Experiment.Hypothesis(hypothesis)
        .On(swept.UnderTest).Probe(swept.Probes).SteadyState(swept.SteadyState).Inject(schedule);

    private static int BadAnswers(RunRecord record) => record.Observations.Single().Observations.Count(one => !one.IsGood);

    private static IEnumerable<string> Signals(RunRecord record) => record.Timeline.Select(moment => $"{moment.Source} {moment.Detail}");

    private static async Task<ProcessIdentity> ProcessAsync(string replica) => (await System.Replica(replica).FindAsync(CancellationToken.None))!.Value;

    private static async Task<HashSet<string>> AnsweredByAsync()
    {
        var answered = new HashSet<string>();
        for (var i = 0; i < 40 && answered.Count < 2; i++)
        {
            answered.Add(await Http.GetStringAsync(Shop.Web));
        }

        return answered;
    }

    private static async Task<TimeSpan> QuickestAsync(Uri address)
    {
        var times = new List<TimeSpan>();
        for (var i = 0; i < 5; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await Http.GetStringAsync(address);
            times.Add(Stopwatch.GetElapsedTime(began));
        }

        return times.Min();
    }

    private static async Task PostAsync(string path) => (await Http.PostAsync(new Uri(Shop.Web, path), null)).EnsureSuccessStatusCode();

    private static List<Signal> Of(List<Signal> told, string source, SignalKind kind) => [.. Copy(told).Where(signal => signal.Source == source && signal.Kind == kind)];

    private static void Add<T>(List<T> to, T one)
    {
        lock (to)
        {
            to.Add(one);
        }
    }

    private static List<T> Copy<T>(List<T> from)
    {
        lock (from)
        {
            return [.. from];
        }
    }

    private static CancellationToken Limit() => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;
}
