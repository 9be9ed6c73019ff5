using System.Diagnostics;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.Safety;
using ChaosHarness.Schedules;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Toxiproxy.Faults;

namespace ChaosHarness.Toxiproxy.Tests.Faults;

/// <summary>Faults on a link, through whole runs of experiments on a real server.</summary>
public sealed class NetworkLinkTests
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(300);
    private RealServer _server = null!;
    private Proxy _proxy = null!;
    private string _journals = null!;

    private NetworkLink Link => new("a to b", _server.Client, ["db"]);

    [SetUp]
    public async Task StartAsync()
    {
        _server = await RealServer.StartAsync();
        _proxy = await _server.ProxyAsync("db");
        _journals = Directory.CreateTempSubdirectory("journals").FullName;
    }

    [TearDown]
    public async Task StopAsync()
    {
        await _server.DisposeAsync();
        Directory.Delete(_journals, recursive: true);
    }

    private static IEnumerable<TestCaseData> Partitions =>
    [
        new TestCaseData(PartitionStyle.Stall, LinkDirection.Both, -3),
        new TestCaseData(PartitionStyle.Stall, LinkDirection.ToClient, -3),
        new TestCaseData(PartitionStyle.Stall, LinkDirection.ToServer, -3),
        new TestCaseData(PartitionStyle.Reset, LinkDirection.Both, -2),
        new TestCaseData(PartitionStyle.Blackhole, LinkDirection.Both, -3),
    ];

    [TestCaseSource(nameof(Partitions))]
    public async Task A_partition_is_seen_and_healed(PartitionStyle style, LinkDirection direction, int expected)
    {
        var during = 0;
        var result = await RunAsync(Link.Partition(style, direction), async () => during = await RealServer.TryAsync(_proxy, Short));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(during, Is.EqualTo(expected));
        Assert.That(await RealServer.TryAsync(_proxy, TimeSpan.FromSeconds(10)), Is.EqualTo(42), "healed");
        Assert.That(await _proxy.GetAllToxicsAsync(), Is.Empty);
    }

    [Test]
    public async Task Latency_takes_as_long_as_said()
    {
        var took = TimeSpan.Zero;
        await RunAsync(Link.Latency("120ms", direction: LinkDirection.Both), async () =>
        {
            var start = Stopwatch.GetTimestamp();
            await RealServer.TryAsync(_proxy, TimeSpan.FromSeconds(10));
            took = Stopwatch.GetElapsedTime(start);
        });

        Assert.That(took.TotalMilliseconds, Is.InRange(240, 1500));
    }

    [Test]
    public async Task The_wire_shows_what_each_fault_means()
    {
        var faults = new Dictionary<Fault, string>
        {
            [Link.Latency("10ms", "5ms")] = """{"type":"latency","stream":"downstream","latency":10,"jitter":5}""",
            [Link.Bandwidth(7)] = """{"type":"bandwidth","stream":"downstream","rate":7}""",
            [Link.SlowClose("2s", LinkDirection.ToServer)] = """{"type":"slow_close","stream":"upstream","delay":2000}""",
            [Link.Slice(100, 20, "300us")] = """{"type":"slicer","stream":"downstream","average_size":100,"size_variation":20,"delay":300}""",
            [Link.LimitData(99)] = """{"type":"limit_data","stream":"downstream","bytes":99}""",
        };
        foreach (var (fault, wire) in faults)
        {
            var seen = "";
            await RunAsync(fault, async () =>
            {
                var toxic = Json.ToxicJson.Write((await _proxy.GetAllToxicsAsync()).Single());
                var flat = new System.Text.Json.Nodes.JsonObject { ["type"] = toxic["type"]!.DeepClone(), ["stream"] = toxic["stream"]!.DeepClone() };
                foreach (var (name, value) in toxic["attributes"]!.AsObject())
                {
                    flat[name] = value!.DeepClone();
                }

                seen = flat.ToJsonString();
            });

            Assert.That(seen, Is.EqualTo(wire), fault.Description);
        }
    }

    [Test]
    public async Task A_fault_is_leased_and_its_lease_renewed_while_the_run_lives()
    {
        var link = Link with { Lease = TimeSpan.FromMilliseconds(900) };
        var names = new HashSet<string?>();
        await RunAsync(link.Partition(), async () =>
        {
            for (var look = 0; look < 10; look++)
            {
                var toxics = (await _proxy.GetAllToxicsAsync()).ToList();
                Assert.That(toxics, Has.Count.EqualTo(2));
                Assert.That(toxics[0].Lease, Is.EqualTo(link.Lease));
                names.UnionWith(toxics.Select(toxic => toxic.Name));
                await Task.Delay(200);
            }
        });

        Assert.That(names, Has.Count.EqualTo(2), "the same toxics all the time, longer than their lease");
    }

    [Test]
    public async Task A_server_that_knows_no_leases_is_not_asked_to_renew_any()
    {
        const string Answer = """{"type":"bandwidth","name":"x","stream":"upstream","toxicity":1,"attributes":{"rate":0}}""";
        using var plain = new FakeServer(line => FakeServer.Answer(line.StartsWith("DELETE", StringComparison.Ordinal) ? 204 : 200, Answer));
        using var connection = new Connection(plain.Url);
        var link = new NetworkLink("plain", connection.Client(), ["db"]) { Lease = TimeSpan.FromMilliseconds(150) };
        await RunAsync(link.Partition(), () => Task.Delay(600));

        Assert.That(plain.Requests.Select(request => request.Split(' ')[0]).Where(method => method != "GET"), Is.EqualTo(new[] { "POST", "POST", "DELETE", "DELETE" }));
    }

    [Test]
    public void Links_on_several_servers_cannot_be_joined()
    {
        using var elsewhere = new Connection("127.0.0.1", 1);

        Assert.That(() => NetworkLink.Join("both", Link, new NetworkLink("c to d", elsewhere.Client(), ["db"])), Throws.ArgumentException);
    }

    [Test]
    public async Task A_fault_whose_run_died_goes_by_itself()
    {
        var link = Link with { Lease = TimeSpan.FromMilliseconds(300) };
        await _proxy.AddAsync(new Toxics.BandwidthToxic { Name = "left", Lease = link.Lease });

        Assert.That(async () => (await _proxy.GetAllToxicsAsync()).Count(), Is.Zero.After(10_000, 50));
    }

    [Test]
    public async Task What_a_killed_run_left_is_removed_from_its_recipe_alone()
    {
        ToxicPlan[] plans = [new(() => new Toxics.BandwidthToxic()), new(() => new Toxics.BandwidthToxic { Stream = Toxics.ToxicDirection.UpStream })];
        var recipe = PlannedToxics.Recipe(Link, plans);
        await PlannedToxics.Of(recipe, Link, plans).AddAsync(CancellationToken.None);

        Assert.That((await _proxy.GetAllToxicsAsync()).Count(), Is.EqualTo(2));
        await new HttpRequests().RevertAsync(recipe, CancellationToken.None);
        await new HttpRequests().RevertAsync(recipe, CancellationToken.None);

        Assert.That(await _proxy.GetAllToxicsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_flapping_link_comes_and_goes_and_stays_up_afterwards()
    {
        var seen = new List<bool>();
        await RunAsync(Link.Flap("150ms", "150ms"), async () =>
        {
            for (var look = 0; look < 60; look++)
            {
                seen.Add((await _proxy.GetAllToxicsAsync()).Any());
                await Task.Delay(20);
            }
        });

        var changes = seen.Zip(seen.Skip(1)).Count(pair => pair.First != pair.Second);
        Assert.That(seen[0], "it begins down");
        Assert.That(changes, Is.InRange(3, 20));
        Assert.That(await _proxy.GetAllToxicsAsync(), Is.Empty);
    }

    [Test]
    public async Task A_server_that_is_not_there_is_found_out_before_anything_is_journalled_and_blocks_nothing()
    {
        var link = new NetworkLink("nowhere", new Connection("127.0.0.1", 1).Client(), ["db"]);
        var result = await RunAsync(link.Partition(), () => Task.CompletedTask);
        var next = await RunAsync(Link.Partition(), () => Task.CompletedTask);

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(result.Reason, Does.StartWith("nothing can be done to nowhere: GET http://127.0.0.1:1/proxies/db: no Toxiproxy server answers there").And.EndsWith("Start the server with its proxies first"));
        Assert.That(next.Outcome, Is.EqualTo(Outcome.Passed), next.Reason);
        Assert.That(Directory.EnumerateFiles(_journals, "*.faults.jsonl"), Is.Empty);
    }

    [Test]
    public async Task A_proxy_that_is_not_there_or_disabled_is_found_out_before_anything_is_injected()
    {
        var missing = await RunAsync(new NetworkLink("elsewhere", _server.Client, ["none"]).Flap("1s", "1s"), () => Task.CompletedTask);
        _proxy.Enabled = false;
        await _proxy.UpdateAsync();
        var disabled = await RunAsync(Link.Partition(), () => Task.CompletedTask);

        Assert.That((missing.Outcome, disabled.Outcome), Is.EqualTo((Outcome.Inconclusive, Outcome.Inconclusive)));
        Assert.That(missing.Reason, Does.Contain("/proxies/none: 404"));
        Assert.That(disabled.Reason, Does.Contain("proxy 'db'").And.EndsWith("is disabled, so nothing can be done to a to b; enable it"));
    }

    [TestCase("reset")]
    [TestCase("toxic")]
    [TestCase("proxy")]
    [TestCase("server")]
    public async Task A_fault_that_somebody_else_takes_away_breaks_the_run_and_says_when(string what)
    {
        await _server.ProxyAsync("other");
        var link = NetworkLink.Join("both", Link, new NetworkLink("c to d", _server.Client, ["other"]));
        var result = await RunAsync(link.Partition(), async () =>
        {
            await Task.Delay(600);
            await (what switch
            {
                "reset" => _server.Client.ResetAsync(),
                "toxic" => _proxy.RemoveToxicAsync((await _proxy.GetAllToxicsAsync()).First().Name!),
                "proxy" => _server.Client.DeleteAsync("other"),
                _ => _server.DisposeAsync().AsTask(),
            });
            await Task.Delay(1500);
        });

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Broken));
        Assert.That(result.Reason, what == "server" ? Does.Contain("could not be reverted") : Does.Match(@"^the fault 'partition both \(stalled\)' was gone after .*(ms|s): "));
    }

    [Test]
    public async Task A_flapping_fault_is_not_gone_while_it_is_up_but_it_is_when_its_proxy_is()
    {
        var well = await RunAsync(Link.Flap("100ms", "700ms"), () => Task.Delay(1500));
        var gone = await RunAsync(Link.Flap("100ms", "700ms"), async () =>
        {
            await _server.Client.DeleteAsync("db");
            await Task.Delay(1500);
        });

        Assert.That(well.Outcome, Is.EqualTo(Outcome.Passed), well.Reason);
        Assert.That(gone.Reason, Does.Contain("was gone after").And.Contain("a proxy of a to b was removed"));
    }

    [Test]
    public async Task A_probe_that_only_connects_to_the_proxy_of_the_link_is_refused_with_what_to_use_instead()
    {
        var port = int.Parse(_proxy.Listen.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var blind = await RunAsync(Link.Partition(), () => Task.CompletedTask, new TcpProbe("connects", "localhost", port));
        var elsewhere = await RunAsync(Link.Partition(), () => Task.CompletedTask, new TcpProbe("connects", "localhost", _server.Client.Server.Port));

        Assert.That(blind.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(blind.Reason, Is.EqualTo($"probe 'connects' cannot see 'partition a to b (stalled)': the proxy at 127.0.0.1:{port} accepts connections itself, whatever becomes of them then; use a probe that gets an answer over the link, such as HttpProbe or SqlProbe, or Partition(PartitionStyle.Blackhole), in which connecting hangs"));
        Assert.That(elsewhere.Outcome, Is.EqualTo(Outcome.Passed), elsewhere.Reason);
    }

    [Test]
    public async Task A_probe_that_only_connects_sees_a_black_hole()
    {
        var port = int.Parse(_proxy.Listen.Split(':')[^1], System.Globalization.CultureInfo.InvariantCulture);
        var run = await RunAsync(Link.Partition(PartitionStyle.Blackhole), () => Task.Delay(700), new TcpProbe("connects", "localhost", port) { Timeout = Short });

        Assert.That(run.Outcome, Is.EqualTo(Outcome.Passed), run.Reason);
        Assert.That(run.Observations.Single(series => series.Source == "connects").Observations.Count(seen => !seen.IsGood), Is.GreaterThan(2));
    }

    [Test]
    public void A_black_hole_takes_no_share_of_connections() =>
        Assert.That((Link with { Share = 0.5 }).Partition(PartitionStyle.Blackhole).Mistakes.Single(), Does.StartWith("a to b: a black hole swallows every connection"));

    [Test]
    public void Wrong_options_are_mistakes_and_nothing_is_thrown()
    {
        Fault[] faults = [Link.Latency("soon", "10"), Link.Bandwidth(0), Link.Flap("a", "b"), Link.SlowClose("x"), Link.Slice(1, delay: "y"), Link.Partition().AtMost("z")];

        Assert.That(faults.Select(fault => fault.Mistakes.Count), Is.EqualTo(new[] { 2, 1, 2, 1, 1, 1 }));
        Assert.That(faults[0].Mistakes[0], Is.EqualTo("a to b: latency 'soon' is not a duration such as 250ms, 30s or 5m."));
        Assert.That(faults[1].Mistakes[0], Does.Contain("at least 1, not 0"));
    }

    [Test]
    public void What_would_do_nothing_or_cannot_be_done_is_a_mistake()
    {
        Fault[] faults =
        [
            (Link with { Proxies = [] }).Partition(), (Link with { Proxies = [] }).Flap("1s", "1s"), (Link with { Share = 30 }).Latency("1s"), (Link with { Share = 0 }).Partition(), (Link with { Share = double.NaN }).Partition(),
            (Link with { Lease = TimeSpan.Zero }).Partition(), Link.LosePackets(5), Link.LosePackets(0), Link.LosePackets(0.1, correlation: 2), Link.LosePackets(double.NaN), Link.Slice(0), Link.Slice(10, variation: 10), Link.Slice(10, variation: -1), Link.LimitData(-1),
        ];

        Assert.That(faults.Select(fault => fault.Mistakes.Count), Is.All.EqualTo(1));
        Assert.That(faults[0].Mistakes, Is.EqualTo(new[] { "a to b: the link has no proxies, so nothing would be done to it." }));
        Assert.That(faults[2].Mistakes, Is.EqualTo(new[] { "a to b: Share must be above 0 and at most 1, not 30." }));
        Assert.That(faults[6].Mistakes, Is.EqualTo(new[] { "a to b: rate must be above 0 and at most 1, not 5." }));
        Fault[] right = [Link.LosePackets(1, correlation: 1), Link.Slice(1), Link.Slice(10, variation: 9), Link.LimitData(0), (Link with { Share = 0.01 }).Partition()];
        Assert.That(right.SelectMany(fault => fault.Mistakes), Is.Empty);
    }

    [Test]
    public async Task Several_links_are_one_fault_with_the_targets_they_name()
    {
        await _server.ProxyAsync("other");
        var joined = NetworkLink.Join("zone b", Link, new NetworkLink("c to d", _server.Client, ["other", "db"]));
        var toxics = 0;
        await RunAsync(joined.Partition(), async () =>
        {
            foreach (var proxy in (await _server.Client.AllAsync()).Values)
            {
                toxics += (await proxy.GetAllToxicsAsync()).Count();
            }
        });

        Assert.That(joined.Targets, Is.EqualTo(new[] { "a to b", "c to d" }));
        Assert.That(toxics, Is.EqualTo(4));
    }

    // A whole run on a system that is always well; something looks at it while the fault is active.
    private async Task<RunRecord> RunAsync(Fault fault, Func<Task> look, params IReadOnlyList<Probe> probes)
    {
        var runner = new ExperimentRunner(new RunnerOptions { FaultJournalFolder = _journals, Safety = new SafetyPolicy { MaximumTargetShare = 1 } });
        var looked = Fault.Delegate("look", "look", async _ => await look(), _ => ValueTask.CompletedTask);
        var builder = Experiment.Hypothesis("it is as it should be")
            .On(new SystemUnderTest("links") { Environment = "local", Reach = SystemReach.Owned })
            .Probe(new DelegateProbe("always", _ => ValueTask.FromResult(ProbeSample.Good)).Every("20ms"))
            .Probe(probes)
            .SteadyState(new SuccessRate("always").AtLeast(1))
            .SteadyFor("100ms")
            .Stability(1, "10ms")
            .RecoveryOf("always")
            .Inject(Schedule.InSequence(fault, looked));
        return await runner.RunAsync(builder, CancellationToken.None);
    }
}
