using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy.Tests;

public sealed class ClientTests
{
    private static readonly ToxicBase[] EveryToxic =
    [
        new LatencyToxic { Name = "latency", Stream = ToxicDirection.UpStream, Toxicity = 0.5, Attributes = { Latency = 5, Jitter = 2 } },
        new BandwidthToxic { Name = "bandwidth", Attributes = { Rate = 7 } },
        new SlowCloseToxic { Name = "slow_close", Attributes = { Delay = 9 } },
        new TimeoutToxic { Name = "timeout", Attributes = { Timeout = 11 } },
        new SlicerToxic { Name = "slicer", Attributes = { AverageSize = 13, SizeVariation = 3, Delay = 1 } },
        new LimitDataToxic { Name = "limit_data", Attributes = { Bytes = 5_000_000_000 } },
        new ResetPeerToxic { Name = "reset_peer", Attributes = { Timeout = 17 } },
        new LimitTimeToxic { Name = "limit_time", Attributes = { Time = 19 } },
        new PacketLossToxic { Name = "packet_loss", Attributes = { LossRate = 0.25, Correlation = 0.5, RetransmissionTimeout = 100 } },
        new SlowConnectToxic { Name = "slow_connect", Attributes = { Delay = 23 } },
        new HangConnectToxic { Name = "hang_connect" },
        new RefuseConnectToxic { Name = "refuse_connect", Lease = TimeSpan.FromSeconds(90) },
    ];

    [Test]
    public async Task A_proxy_is_added_found_updated_listed_and_deleted()
    {
        await using var server = await RealServer.StartAsync();
        var proxy = await server.ProxyAsync("a proxy / with a strange?name");
        await server.ProxyAsync("db");
        Assert.That(proxy.Listen, Does.Match(@"127\.0\.0\.1:[1-9]"));
        Assert.That((await server.Client.AllAsync()).Keys, Is.EquivalentTo(new[] { "db", "a proxy / with a strange?name" }));

        var db = await server.Client.FindProxyAsync("db");
        db.Enabled = false;
        Assert.That((await db.UpdateAsync()).Enabled, Is.False);
        await db.DeleteAsync();

        Assert.That(async () => await server.Client.FindProxyAsync("db"), Throws.TypeOf<ToxiProxiException>().With.Message.Match("GET http://127.0.0.1:\\d+/proxies/db: 404 proxy not found"));
    }

    [TestCaseSource(nameof(EveryToxic))]
    public async Task Every_toxic_comes_back_as_it_went(ToxicBase toxic)
    {
        await using var server = await RealServer.StartAsync();
        var proxy = await server.ProxyAsync("db");
        var added = await proxy.AddAsync(toxic);
        var found = await proxy.GetToxicByNameAsync(toxic.Name!);

        foreach (var back in new[] { added, found, (await proxy.GetAllToxicsAsync()).Single() })
        {
            Assert.That(back.GetType(), Is.EqualTo(toxic.GetType()));
            Assert.That(Json.ToxicJson.Write(back).ToJsonString(), Is.EqualTo(Json.ToxicJson.Write(toxic).ToJsonString()));
        }

        await proxy.RemoveToxicAsync(toxic.Name!);
        Assert.That(await proxy.GetAllToxicsAsync(), Is.Empty);
    }

    [Test]
    public async Task An_update_changes_attributes_and_toxicity_and_not_the_name()
    {
        await using var server = await RealServer.StartAsync();
        var proxy = await server.ProxyAsync("db");
        var toxic = await proxy.AddAsync(new LatencyToxic { Name = "slow", Attributes = { Latency = 5, Jitter = 3 } });
        toxic.Attributes.Latency = 50;
        (toxic.Name, toxic.Toxicity) = ("other", 0.5);
        await proxy.UpdateToxicAsync("slow", toxic);
        var changed = (LatencyToxic)await proxy.GetToxicByNameAsync("slow");

        Assert.That((changed.Attributes.Latency, changed.Attributes.Jitter, changed.Toxicity), Is.EqualTo((50, 3, 0.5)));
    }

    [Test]
    public async Task Populate_connections_version_and_reset()
    {
        await using var server = await RealServer.StartAsync();
        var made = await server.Client.PopulateAsync([new Proxy { Name = "a", Listen = "127.0.0.1:0", Upstream = "x:1" }, new Proxy { Name = "b", Listen = "127.0.0.1:0", Upstream = "x:1" }]);
        await made[0].AddAsync(new TimeoutToxic());
        await server.Client.ResetAsync();

        Assert.That(made.Select(proxy => proxy.Name), Is.EqualTo(new[] { "a", "b" }));
        Assert.That(await made[0].GetAllToxicsAsync(), Is.Empty);
        Assert.That(await server.Client.PopulateAsync([]), Is.Empty);
        Assert.That(await server.Client.ConnectionsAsync("a"), Is.Empty);
        Assert.That(await server.Client.VersionAsync(), Is.EqualTo("2.12.0"));
    }

    [Test]
    public async Task A_connection_may_reset_the_server_when_it_ends()
    {
        await using var server = await RealServer.StartAsync();
        var proxy = await server.ProxyAsync("db");
        using (var connection = new Connection(server.Client.Server, resetAllToxicsAndProxiesOnClose: true))
        {
            await (await connection.Client().FindProxyAsync("db")).AddAsync(new TimeoutToxic());
        }

        Assert.That(await proxy.GetAllToxicsAsync(), Is.Empty);
    }

    [Test]
    public void A_server_that_is_not_there_is_named()
    {
        using var connection = new Connection("127.0.0.1", 1);

        Assert.That(
            async () => await connection.Client().FindProxyAsync("db"),
            Throws.TypeOf<ToxiProxiException>().With.Message.EqualTo("GET http://127.0.0.1:1/proxies/db: no Toxiproxy server answers there: Connection refused").Or.Message.Contains("refused"));
    }

    [TestCase(503, "", "text/plain", "503 Because")]
    [TestCase(409, "{\"error\":\"toxic already exists\",\"status\":409}\n", "text/plain; charset=utf-8", "409 toxic already exists")]
    [TestCase(502, "bad gateway", "text/html", "502 bad gateway")]
    [TestCase(200, "<html>", "text/html", "the answer is none of a Toxiproxy server")]
    [TestCase(200, "null", "application/json", "the answer is none of a Toxiproxy server")]
    public void An_answer_that_is_no_success_is_told_with_the_request(int status, string body, string type, string message)
    {
        using var server = new FakeServer(_ => FakeServer.Answer(status, body, type));
        using var connection = new Connection(server.Url);
        var proxy = new Proxy { Name = "db", Client = connection.Client() };

        Assert.That(
            async () => await proxy.AddAsync(new LatencyToxic()),
            Throws.TypeOf<ToxiProxiException>().With.Message.Contains($"POST {server.Url}proxies/db/toxics: ").And.Message.Contains(message));
    }

    [Test]
    public async Task Servers_before_2_6_take_changes_as_post()
    {
        using var server = new FakeServer(line => line.StartsWith("PATCH", StringComparison.Ordinal) ? FakeServer.Answer(405, "") : FakeServer.Answer(200, "{\"name\":\"db\",\"enabled\":false}"));
        using var connection = new Connection(server.Url);
        var changed = await connection.Client().UpdateAsync(new Proxy { Name = "db" });

        Assert.That(server.Requests, Is.EqualTo(new[] { "PATCH /proxies/db", "POST /proxies/db" }));
        Assert.That(changed.Enabled, Is.False);
    }

    [Test]
    public async Task What_a_newer_server_adds_does_no_harm()
    {
        const string Toxics = """[{"type":"wormhole","name":"w","stream":"UpStream","toxicity":0.5,"attributes":{"depth":3},"new":1}]""";
        using var server = new FakeServer(line => FakeServer.Answer(200, line.EndsWith("toxics", StringComparison.Ordinal) ? Toxics : """{"db":{"name":"db","Logger":{},"more":[1],"toxics":[]}}"""));
        using var connection = new Connection(server.Url);
        var proxy = (await connection.Client().AllAsync())["db"];
        var toxic = (UnknownToxic)(await proxy.GetAllToxicsAsync()).Single();

        Assert.That((toxic.Type, toxic.Stream, toxic.Toxicity, toxic.Attributes!.Value.GetRawText()), Is.EqualTo(("wormhole", ToxicDirection.UpStream, 0.5, """{"depth":3}""")));
    }

    [Test]
    public void A_proxy_that_came_from_no_client_says_so() => Assert.That(
        async () => await new Proxy { Name = "db" }.DeleteAsync(),
        Throws.InvalidOperationException.With.Message.Contains("'db'"));
}
