using System.Text.Json;

namespace ChaosHarness.Toxiproxy.Server.Tests.Api;

/// <summary>Statuses, bodies and messages, in the words of the original: clients match on them.</summary>
public sealed class ApiTests
{
    private const string Web = """{"name":"web","listen":"127.0.0.1:0","upstream":"127.0.0.1:9"}""";
    private ApiServer _server = null!;

    [SetUp]
    public async Task StartAsync() => _server = await ApiServer.StartAsync();

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    [Test]
    public async Task The_version_is_one_that_clients_of_the_original_know()
    {
        var answer = await _server.SendAsync("GET", "/version");

        Assert.That(answer, Is.EqualTo(new ApiServer.Answer(System.Net.HttpStatusCode.OK, "application/json; charset=utf-8", "{\"version\": \"2.12.0\"}\n"))
            .Or.EqualTo(new ApiServer.Answer(System.Net.HttpStatusCode.OK, "application/json;charset=utf-8", "{\"version\": \"2.12.0\"}\n")));
    }

    [Test]
    public async Task A_proxy_is_made_shown_changed_and_deleted()
    {
        var made = await _server.MustAsync("POST", "/proxies", Web);
        Assert.That(made.GetProperty("enabled").GetBoolean());
        Assert.That(made.GetProperty("listen").GetString(), Does.Match(@"^127\.0\.0\.1:[1-9]\d*$"));
        Assert.That(made.EnumerateObject().Select(field => field.Name), Is.EquivalentTo(new[] { "name", "listen", "upstream", "enabled", "toxics" }), "nothing that the original lacks");

        Assert.That((await _server.MustAsync("GET", "/proxies")).GetProperty("web").GetRawText(), Is.EqualTo(made.GetRawText()));
        Assert.That((await _server.MustAsync("PATCH", "/proxies/web", """{"enabled":false}""")).GetProperty("enabled").GetBoolean(), Is.False);
        Assert.That((await _server.MustAsync("POST", "/proxies/web", """{"enabled":true}""")).GetProperty("listen").GetString(), Is.EqualTo(made.GetProperty("listen").GetString()));

        Assert.That((int)(await _server.SendAsync("DELETE", "/proxies/web")).Status, Is.EqualTo(204));
        Assert.That((await _server.SendAsync("GET", "/proxies")).Body, Is.EqualTo("{}"));
    }

    [TestCase("POST", "/proxies", "", 400, "bad request body: EOF")]
    [TestCase("POST", "/proxies", "{}", 400, "missing required field: name")]
    [TestCase("POST", "/proxies", """{"name":"x"}""", 400, "missing required field: upstream")]
    [TestCase("POST", "/proxies", """{"name":"web","upstream":"a:1"}""", 409, "proxy already exists")]
    [TestCase("POST", "/proxies", """{"name":"x","upstream":"a:1","listen":"bogus"}""", 500, "listen tcp: address bogus: missing port in address")]
    [TestCase("POST", "/proxies", """{"name":"x","upstream":"a:1","listen":"127.0.0.1:99999"}""", 500, "listen tcp: address 99999: invalid port")]
    [TestCase("GET", "/proxies/none", null, 404, "proxy not found")]
    [TestCase("PATCH", "/proxies/none", "{}", 404, "proxy not found")]
    [TestCase("PATCH", "/proxies/web", "", 400, "bad request body: EOF")]
    [TestCase("PATCH", "/proxies/web", """{"listen":"bogus"}""", 500, "address bogus: missing port in address")]
    [TestCase("DELETE", "/proxies/none", null, 404, "proxy not found")]
    [TestCase("GET", "/proxies/none/toxics", null, 404, "proxy not found")]
    [TestCase("POST", "/proxies/none/toxics", "", 404, "proxy not found")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"nope","stream":"sideways"}""", 400, "stream was invalid, can be either upstream or downstream")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"latency","stream":""}""", 400, "stream was invalid, can be either upstream or downstream")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"latency","stream":"1"}""", 400, "stream was invalid, can be either upstream or downstream")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"down"}""", 400, "invalid toxic type")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"noop","name":"there"}""", 409, "toxic already exists")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"noop","stream":"upstream","name":"there"}""", 409, "toxic already exists")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"slicer"}""", 400, "bad request body: average_size must be at least 1")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"slicer","attributes":{"average_size":5,"size_variation":6}}""", 400, "bad request body: size_variation must be at most average_size")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"bandwidth","attributes":{"rate":-1}}""", 400, "bad request body: rate must be at least 0")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"latency","attributes":{"latency":5.5}}""", 400, "bad request body: latency must be an integer of 64 bits, not 5.5")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"latency","attributes":{"latency":1e2}}""", 400, "bad request body: latency must be an integer of 64 bits, not 1e2")]
    [TestCase("POST", "/proxies/web/toxics", """{"type":"latency","attributes":{"latency":"5"}}""", 400, "bad request body: latency cannot be string, it must be number")]
    [TestCase("GET", "/proxies/web/toxics/none", null, 404, "toxic not found")]
    [TestCase("PATCH", "/proxies/web/toxics/none", "", 404, "toxic not found")]
    [TestCase("DELETE", "/proxies/web/toxics/none", null, 404, "toxic not found")]
    [TestCase("POST", "/populate", """[{"name":"a","upstream":"x:1"},{"name":"b"}]""", 400, "missing required field: upstream at proxy 2")]
    [TestCase("POST", "/populate", """[{"upstream":"x:1"}]""", 400, "missing required field: name at proxy 1")]
    public async Task What_is_wrong_is_refused_with_the_reason(string method, string path, string? body, int status, string message)
    {
        await _server.MustAsync("POST", "/proxies", Web);
        await _server.MustAsync("POST", "/proxies/web/toxics", """{"type":"noop","name":"there"}""");
        var before = (await _server.SendAsync("GET", "/proxies")).Body;

        var answer = await _server.SendAsync(method, path, body);

        var error = JsonDocument.Parse(answer.Body).RootElement;
        Assert.That((int)answer.Status, Is.EqualTo(status));
        Assert.That(error.GetProperty("error").GetString(), Is.EqualTo(message));
        Assert.That(error.GetProperty("status").GetInt32(), Is.EqualTo(status));
        Assert.That(answer.Type, Is.EqualTo(path == "/populate" ? "application/json" : "text/plain; charset=utf-8"));
        Assert.That(answer.Body.EndsWith('\n'), Is.EqualTo(path != "/populate"));
        Assert.That((await _server.SendAsync("GET", "/proxies")).Body, Is.EqualTo(before), "nothing has changed");
    }

    [Test]
    public async Task A_port_that_is_taken_is_named_and_the_proxy_is_not_there()
    {
        var taken = (await _server.MustAsync("POST", "/proxies", Web)).GetProperty("listen").GetString();
        var answer = await _server.SendAsync("POST", "/proxies", $$"""{"name":"b","listen":"{{taken}}","upstream":"x:1"}""");

        Assert.That((int)answer.Status, Is.EqualTo(500));
        Assert.That(answer.Body, Does.Contain($"listen tcp {taken}: bind: address already in use"));
        Assert.That((int)(await _server.SendAsync("GET", "/proxies/b")).Status, Is.EqualTo(404));
    }

    [Test]
    public async Task An_update_to_a_taken_port_leaves_the_proxy_disabled_with_the_new_address()
    {
        var taken = (await _server.MustAsync("POST", "/proxies", Web)).GetProperty("listen").GetString();
        await _server.MustAsync("POST", "/proxies", """{"name":"b","listen":"127.0.0.1:0","upstream":"x:1"}""");
        Assert.That((int)(await _server.SendAsync("PATCH", "/proxies/b", $$"""{"listen":"{{taken}}"}""")).Status, Is.EqualTo(500));

        var proxy = await _server.MustAsync("GET", "/proxies/b");
        Assert.That(proxy.GetProperty("listen").GetString(), Is.EqualTo(taken));
        Assert.That(proxy.GetProperty("enabled").GetBoolean(), Is.False);
    }

    [Test]
    public async Task A_disabled_proxy_binds_and_checks_nothing()
    {
        var proxy = await _server.MustAsync("POST", "/proxies", """{"name":"x","listen":"nonsense","upstream":"y:1","enabled":false}""");

        Assert.That(proxy.GetProperty("listen").GetString(), Is.EqualTo("nonsense"));
    }

    [Test]
    public async Task A_toxic_has_all_attributes_of_its_type_and_its_defaults()
    {
        await _server.MustAsync("POST", "/proxies", Web);
        var answer = await _server.SendAsync("POST", "/proxies/web/toxics", """{"TYPE":"latency","Stream":"UpStream","attributes":{"LATENCY":7,"unknown":"x"},"more":1} trailing""");

        Assert.That((int)answer.Status, Is.EqualTo(200));
        Assert.That(answer.Body, Is.EqualTo("""{"attributes":{"latency":7,"jitter":0},"name":"latency_UpStream","type":"latency","stream":"UpStream","toxicity":1}"""));
    }

    [Test]
    public async Task Upstream_toxics_are_listed_first_each_in_order_of_adding()
    {
        await _server.MustAsync("POST", "/proxies", Web);
        foreach (var (name, stream) in new[] { ("z", "downstream"), ("b", "upstream"), ("y", "downstream"), ("a", "upstream") })
        {
            await _server.MustAsync("POST", "/proxies/web/toxics", $$"""{"type":"noop","name":"{{name}}","stream":"{{stream}}"}""");
        }

        var names = (await _server.MustAsync("GET", "/proxies/web/toxics")).EnumerateArray().Select(toxic => toxic.GetProperty("name").GetString());

        Assert.That(names, Is.EqualTo(new[] { "b", "a", "z", "y" }));
    }

    [Test]
    public async Task An_update_merges_attributes_and_takes_nothing_else()
    {
        await _server.MustAsync("POST", "/proxies", Web);
        await _server.MustAsync("POST", "/proxies/web/toxics", """{"type":"latency","name":"slow","attributes":{"latency":10,"jitter":5}}""");
        var changed = await _server.MustAsync("PATCH", "/proxies/web/toxics/slow", """{"name":"x","type":"noop","stream":"upstream","toxicity":0.1,"attributes":{"jitter":77,"latency":null}}""");

        Assert.That(changed.GetRawText(), Is.EqualTo("""{"attributes":{"latency":10,"jitter":77},"name":"slow","type":"latency","stream":"downstream","toxicity":0.1}"""));
    }

    [Test]
    public async Task An_update_that_is_wrong_in_part_changes_nothing()
    {
        await _server.MustAsync("POST", "/proxies", Web);
        await _server.MustAsync("POST", "/proxies/web/toxics", """{"type":"latency","name":"slow"}""");
        Assert.That((int)(await _server.SendAsync("PATCH", "/proxies/web/toxics/slow", """{"toxicity":0.5,"attributes":{"jitter":77,"latency":"x"}}""")).Status, Is.EqualTo(400));

        var toxic = await _server.MustAsync("GET", "/proxies/web/toxics/slow");
        Assert.That(toxic.GetProperty("attributes").GetProperty("jitter").GetInt32(), Is.Zero);
        Assert.That(toxic.GetProperty("toxicity").GetDouble(), Is.EqualTo(1));
    }

    [Test]
    public async Task Populate_keeps_what_is_as_asked_and_replaces_what_is_not()
    {
        var listen = (await _server.MustAsync("POST", "/proxies", Web)).GetProperty("listen").GetString();
        await _server.MustAsync("POST", "/proxies/web/toxics", """{"type":"noop"}""");
        var same = await _server.MustAsync("POST", "/populate", $$"""[{"name":"web","listen":"{{listen}}","upstream":"127.0.0.1:9","enabled":false},{"name":"new","listen":"127.0.0.1:0","upstream":"x:1"}]""");

        Assert.That(same.GetProperty("proxies")[0].GetProperty("toxics").GetArrayLength(), Is.EqualTo(1), "untouched");
        Assert.That(same.GetProperty("proxies")[0].GetProperty("enabled").GetBoolean(), "as it was");
        Assert.That(same.GetProperty("proxies").GetArrayLength(), Is.EqualTo(2));

        var other = await _server.MustAsync("POST", "/populate", $$"""[{"name":"web","listen":"{{listen}}","upstream":"127.0.0.1:10","toxics":[{"type":"noop"}]}]""");
        Assert.That(other.GetProperty("proxies")[0].GetProperty("toxics").GetArrayLength(), Is.Zero, "toxics in the body are ignored, as the original does");
        Assert.That((await _server.MustAsync("GET", "/proxies")).EnumerateObject().Count(), Is.EqualTo(2), "those not listed stay");
    }

    [Test]
    public async Task Populate_stops_at_the_first_failure_and_says_what_is_done()
    {
        var answer = await _server.SendAsync("POST", "/populate", """[{"name":"a","listen":"127.0.0.1:0","upstream":"x:1"},{"name":"b","listen":"bogus","upstream":"x:1"},{"name":"c","upstream":"x:1"}]""");

        var body = JsonDocument.Parse(answer.Body).RootElement;
        Assert.That((int)answer.Status, Is.EqualTo(500));
        Assert.That(body.GetProperty("status").GetInt32(), Is.EqualTo(500));
        Assert.That(body.GetProperty("proxies").EnumerateArray().Select(proxy => proxy.GetProperty("name").GetString()), Is.EqualTo(new[] { "a" }));
    }

    [Test]
    public async Task Populating_with_nothing_answers_null() => Assert.That((await _server.SendAsync("POST", "/populate", "[]")).Body, Is.EqualTo("""{"proxies":null}"""));

    [Test]
    public async Task Reset_enables_every_proxy_and_removes_every_toxic()
    {
        await _server.MustAsync("POST", "/proxies", Web);
        await _server.MustAsync("POST", "/proxies/web/toxics", """{"type":"noop"}""");
        await _server.MustAsync("PATCH", "/proxies/web", """{"enabled":false}""");
        Assert.That((int)(await _server.SendAsync("POST", "/reset")).Status, Is.EqualTo(204));

        var proxy = await _server.MustAsync("GET", "/proxies/web");
        Assert.That(proxy.GetProperty("enabled").GetBoolean());
        Assert.That(proxy.GetProperty("toxics").GetArrayLength(), Is.Zero);
    }

    [TestCase("Mozilla/5.0 (X11)", 403)]
    [TestCase("mozilla/5.0", 200)]
    [TestCase("curl/8", 200)]
    [TestCase(null, 200)]
    public async Task Browsers_are_kept_out(string? agent, int status) => Assert.That((int)(await _server.SendAsync("GET", "/proxies", agent: agent)).Status, Is.EqualTo(status));

    [TestCase("GET", "/nothing", 404)]
    [TestCase("GET", "/proxies/", 404)]
    [TestCase("GET", "/metrics", 404)]
    [TestCase("PUT", "/proxies", 405)]
    [TestCase("HEAD", "/proxies", 405)]
    [TestCase("GET", "/reset", 405)]
    [TestCase("POST", "/version", 405)]
    public async Task Unknown_paths_and_methods_have_their_own_answers(string method, string path, int status)
    {
        var answer = await _server.SendAsync(method, path);

        Assert.That((int)answer.Status, Is.EqualTo(status));
        Assert.That(answer.Body, Is.EqualTo(status == 404 ? "404 page not found\n" : ""));
    }
}
