using System.Net.Http.Headers;
using ChaosHarness.Toxiproxy.Server.Tests.Connections;

namespace ChaosHarness.Toxiproxy.Server.Tests.Api;

/// <summary>What the original lacks.</summary>
public sealed class ExtensionTests
{
    [Test]
    public async Task Toxics_at_creation_are_there_with_the_first_connection_or_the_proxy_is_not_there_at_all()
    {
        await using var server = await ApiServer.StartAsync();
        var refused = await server.SendAsync("POST", "/proxies?toxics=true", """{"name":"p","listen":"127.0.0.1:0","upstream":"x:1","toxics":[{"type":"noop"},{"type":"nope"}]}""");
        Assert.That((int)refused.Status, Is.EqualTo(400));
        Assert.That((await server.SendAsync("GET", "/proxies")).Body, Is.EqualTo("{}"));

        var plain = await server.MustAsync("POST", "/proxies", """{"name":"p","listen":"127.0.0.1:0","upstream":"x:1","toxics":[{"type":"noop"}]}""");
        Assert.That(plain.GetProperty("toxics").GetArrayLength(), Is.Zero, "a plain client's are ignored");
    }

    [Test]
    public async Task A_leased_toxic_and_a_leased_proxy_go_unless_renewed()
    {
        await using var server = await ApiServer.StartAsync();
        await server.MustAsync("POST", "/proxies", """{"name":"p","listen":"127.0.0.1:0","upstream":"x:1","lease":1500}""");
        await server.MustAsync("POST", "/proxies/p/toxics", """{"type":"noop","name":"short","lease":300}""");
        var kept = await server.MustAsync("POST", "/proxies/p/toxics", """{"type":"noop","name":"kept","lease":300}""");
        Assert.That(kept.GetProperty("lease").GetInt32(), Is.EqualTo(300));
        var renewed = await server.MustAsync("PATCH", "/proxies/p/toxics/kept", """{"lease":600000}""");
        Assert.That(renewed.GetProperty("lease").GetInt32(), Is.EqualTo(600_000));

        await DataPlaneTests.EventuallyAsync(async () => (int)(await server.SendAsync("GET", "/proxies/p/toxics/short")).Status == 404);
        Assert.That((int)(await server.SendAsync("GET", "/proxies/p/toxics/kept")).Status, Is.EqualTo(200));
        await DataPlaneTests.EventuallyAsync(async () => (int)(await server.SendAsync("GET", "/proxies/p")).Status == 404);
    }

    [Test]
    public async Task A_lease_of_0_is_for_ever_and_a_negative_one_a_mistake()
    {
        await using var server = await ApiServer.StartAsync();
        await server.MustAsync("POST", "/proxies", """{"name":"p","listen":"127.0.0.1:0","upstream":"x:1"}""");
        await server.MustAsync("POST", "/proxies/p/toxics", """{"type":"noop","name":"t","lease":200}""");
        var forever = await server.MustAsync("PATCH", "/proxies/p/toxics/t", """{"lease":0}""");
        var wrong = await server.SendAsync("PATCH", "/proxies/p/toxics/t", """{"lease":-1}""");
        await Task.Delay(400);

        Assert.That(forever.TryGetProperty("lease", out _), Is.False);
        Assert.That((int)wrong.Status, Is.EqualTo(400));
        Assert.That((int)(await server.SendAsync("GET", "/proxies/p/toxics/t")).Status, Is.EqualTo(200));
    }

    [Test]
    public async Task Renewing_a_lease_does_not_disturb_what_the_toxic_holds()
    {
        await using var server = await ApiServer.StartAsync();
        using var upstream = new EchoServer();
        using var client = await EchoServer.ConnectAsync(await server.ProxyAsync("p", upstream.Port, ""","toxics":[{"type":"bandwidth","name":"t","lease":60000}]"""));
        await client.SayAsync("x");
        var hearing = client.HearAsync(1);
        await server.MustAsync("PATCH", "/proxies/p/toxics/t", """{"lease":60000}""");

        Assert.That(await Task.WhenAny(hearing, Task.Delay(200)), Is.Not.SameAs(hearing));
    }

    [Test]
    public async Task Metrics_count_open_connections_as_they_go()
    {
        await using var server = await ApiServer.StartAsync(new ToxiproxyServerOptions { ProxyMetrics = true, RuntimeMetrics = true });
        using var upstream = new EchoServer();
        using var client = await EchoServer.ConnectAsync(await server.ProxyAsync("p", upstream.Port));
        await client.SayAsync("hello");
        await client.HearAsync(5);
        var metrics = (await server.SendAsync("GET", "/metrics")).Body;

        Assert.That(metrics, Does.Match("""toxiproxy_proxy_sent_bytes_total\{direction="upstream",listener="127.0.0.1:\d+",proxy="p",upstream="127.0.0.1:\d+"\} 5\n"""));
        Assert.That(metrics, Does.Match("""toxiproxy_proxy_received_bytes_total\{direction="downstream",listener="127.0.0.1:\d+",proxy="p",upstream="127.0.0.1:\d+"\} 5\n"""));
        Assert.That(metrics, Does.Contain("process_resident_memory_bytes"));
        client.Dispose();
        await DataPlaneTests.EventuallyAsync(async () => (await server.MustAsync("GET", "/proxies/p/connections")).GetArrayLength() == 0);
        Assert.That((await server.SendAsync("GET", "/metrics")).Body, Does.Match("direction=\"upstream\".*} 5\n"), "closed ones stay counted");
    }

    [Test]
    public async Task Events_tell_of_connections_and_toxics()
    {
        await using var server = await ApiServer.StartAsync();
        using var upstream = new EchoServer();
        var port = await server.ProxyAsync("p", upstream.Port);
        using var answer = await server.Http.GetAsync(new Uri("/events", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var events = new StreamReader(await answer.Content.ReadAsStreamAsync());
        await server.MustAsync("POST", "/proxies/p/toxics", """{"type":"noop","name":"t"}""");
        (await EchoServer.ConnectAsync(port)).Dispose();

        Assert.That(answer.Content.Headers.ContentType!.MediaType, Is.EqualTo("text/event-stream"));
        Assert.That(await NextAsync(events), Does.Contain("\"event\":\"toxic_added\",\"proxy\":\"p\"").And.Contain("\"toxic\":\"t\""));
        Assert.That(await NextAsync(events), Does.Contain("connection_opened").And.Contain("\"connection\":1"));
        Assert.That(await NextAsync(events), Does.Contain("connection_closed"));
    }

    [Test]
    public async Task A_token_is_asked_for_where_one_is_set()
    {
        await using var server = await ApiServer.StartAsync(new ToxiproxyServerOptions { Token = "secret" });
        Assert.That((int)(await server.SendAsync("GET", "/proxies")).Status, Is.EqualTo(401));
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wrong");
        Assert.That((int)(await server.SendAsync("GET", "/proxies")).Status, Is.EqualTo(401));
        server.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "secret");

        Assert.That((int)(await server.SendAsync("GET", "/proxies")).Status, Is.EqualTo(200));
    }

    private static async Task<string?> NextAsync(StreamReader events)
    {
        var line = await events.ReadLineAsync();
        await events.ReadLineAsync();
        return line;
    }
}
