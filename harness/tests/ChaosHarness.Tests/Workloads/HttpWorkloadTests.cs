using System.Text;
using System.Text.Json;
using ChaosHarness.Histories;
using ChaosHarness.Workloads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Tests.Workloads;

public sealed class HttpWorkloadTests
{
    private readonly List<string> _received = [];
    private WebApplication _server = null!;
    private string _address = "";

    [SetUp]
    public async Task StartServer()
    {
        _received.Clear();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapPost("/orders", async (HttpContext context) => _received.Add($"{context.Request.ContentType} {await new StreamReader(context.Request.Body).ReadToEndAsync()}"));
        _server.MapPost("/status/{code:int}", (int code) => Results.StatusCode(code));
        _server.MapPost("/answer", async (HttpRequest request) => Results.Text(await new StreamReader(request.Body).ReadToEndAsync(), "application/json"));
        _server.MapPost("/endless", async (HttpContext context) =>
        {
            var spaces = Encoding.ASCII.GetBytes(new string(' ', 65536));
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.Body.WriteAsync(spaces, context.RequestAborted);
            }
        });
        _server.MapGet("/stored", (string json) => Results.Text(json, "application/json"));
        _server.MapGet("/down", () => Results.StatusCode(503));
        await _server.StartAsync();
        _address = _server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    [TearDown]
    public async Task StopServer() => await _server.DisposeAsync();

    [Test]
    public async Task It_sends_the_id_of_the_harness_as_a_text_and_takes_success_for_an_acknowledgement()
    {
        Assert.That(await SendAsync(At("/orders"), id: long.MaxValue), Is.EqualTo(WriteOutcome.Ack()));
        Assert.That(_received, Is.EqualTo(new[] { $$"""application/json; charset=utf-8 {"id":"{{long.MaxValue}}"}""" }));
    }

    [TestCase(201, null)]
    [TestCase(302, "HTTP 302")]
    [TestCase(503, "HTTP 503")]
    public async Task Only_success_acknowledges(int status, string? detail)
    {
        var outcome = await SendAsync(At($"/status/{status}"));

        Assert.That((outcome.Acknowledged, outcome.Detail), Is.EqualTo((detail is null, detail)));
    }

    [TestCase("""{"id":42}""", "42")]
    [TestCase("""{"id":"42"}""", "42")]
    [TestCase("""{"id":"0042"}""", "0042")]
    [TestCase("""{"id":"order-7"}""", "order-7")]
    [TestCase("""{"id":"6F9619FF-8B86-D011-B42D-00C04FC964FF"}""", "6f9619ff-8b86-d011-b42d-00c04fc964ff")]
    public async Task What_the_service_calls_it_is_read_from_its_answer(string answer, string id)
    {
        var outcome = await SendAsync(At("/answer").Sending(_ => answer).IdFrom("id"));

        Assert.That((outcome.Acknowledged, outcome.StoredAs?.ToString()), Is.EqualTo((true, id)));
    }

    [Test]
    public async Task A_number_and_the_same_number_as_a_text_are_one_id_and_other_texts_are_others()
    {
        Assert.That(await StoredAsync("""[42, "42", "0042", "+42"]"""), Is.EqualTo(new StoredId[] { 42L, 42L, "0042", "+42" }));
        Assert.That(await StoredAsync("""["6F9619FF-8B86-D011-B42D-00C04FC964FF"]"""), Is.EqualTo(new StoredId[] { Guid.Parse("6f9619ff-8b86-d011-b42d-00c04fc964ff") }));
    }

    [TestCase("""{"number":42}""")]
    [TestCase("""[42]""")]
    [TestCase("""{"id":4.5}""")]
    [TestCase("""{"id":null}""")]
    [TestCase("")]
    [TestCase("accepted")]
    public void An_answer_without_an_id_is_an_error_and_no_acknowledgement(string answer) =>
        Assert.That(() => SendAsync(At("/answer").Sending(_ => answer).IdFrom("id")).AsTask(), Throws.InstanceOf<Exception>());

    [Test]
    public void An_answer_that_never_ends_is_given_up() =>
        Assert.That(() => SendAsync(At("/endless").IdFrom("id")).AsTask(), Throws.InstanceOf<HttpRequestException>());

    [TestCase("[]")]
    [TestCase("""[{"id":1,"item":"tea"},{"id":2}]""", 1L, 2L)]
    [TestCase("[1,1,2]", 1L, 1L, 2L)]
    public async Task What_is_stored_is_an_array_of_ids_or_of_what_has_them(string stored, params long[] ids) =>
        Assert.That((await StoredAsync(stored)).Select(id => id.Number), Is.EqualTo(ids.Select(id => (long?)id)));

    [Test]
    public void A_service_that_cannot_say_what_it_holds_has_not_been_read()
    {
        Assert.That(() => StoredAsync("[1, "), Throws.InstanceOf<JsonException>());
        Assert.That(() => StoredAsync("""{"ids":[1]}"""), Throws.InstanceOf<JsonException>());
        Workload down = At("/orders").ReadBackFrom(new Uri(_address + "/down"));
        Assert.That(async () => await down.Stored!(CancellationToken.None).ToListAsync(), Throws.InstanceOf<HttpRequestException>().With.Message.Contains("503"));
    }

    [Test]
    public void Without_a_place_to_read_from_no_loss_can_be_found() => Assert.That(At("/orders").ToWorkload().Stored, Is.Null);

    private HttpWorkload At(string path) => new("orders", 50, new Uri(_address + path));

    private static ValueTask<WriteOutcome> SendAsync(Workload workload, long id = 4711) => workload.Send(new WriteAttempt(id, 0), CancellationToken.None);

    private async Task<List<StoredId>> StoredAsync(string json)
    {
        Workload workload = At("/orders").ReadBackFrom(new Uri($"{_address}/stored?json={Uri.EscapeDataString(json)}"));
        return await workload.Stored!(CancellationToken.None).ToListAsync();
    }
}
