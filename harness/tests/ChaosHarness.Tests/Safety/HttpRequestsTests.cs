using ChaosHarness.Safety;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Tests.Safety;

public sealed class HttpRequestsTests
{
    private readonly List<string> _asked = [];
    private WebApplication _server = null!;

    private Uri Url => new(_server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    [SetUp]
    public async Task StartAsync()
    {
        _asked.Clear();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add("http://127.0.0.1:0");
        _server.MapDelete("/{status:int}/{**rest}", (int status, HttpRequest request) =>
        {
            _asked.Add($"{request.Method} {request.Path}");
            return Results.StatusCode(status);
        });
        await _server.StartAsync();
    }

    [TearDown]
    public async Task StopAsync() => await _server.DisposeAsync();

    // Whatever the environment names would be asked to undo something that it cannot reach.
    [Test, NonParallelizable]
    public async Task No_proxy_is_asked()
    {
        var before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new System.Net.WebProxy("http://127.0.0.1:1") { BypassProxyOnLocal = false };
        try
        {
            await new HttpRequests().RevertAsync(HttpRequests.Delete([new Uri(Url, "/204/a")]), CancellationToken.None);
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        Assert.That(_asked, Is.EqualTo(new[] { "DELETE /204/a" }));
    }

    [Test]
    public async Task All_requests_are_sent_in_order_and_what_is_not_found_is_undone_already()
    {
        var recipe = HttpRequests.Delete([new Uri(Url, "/204/a"), new Uri(Url, "/404/b"), new Uri(Url, "/410/c"), new Uri(Url, "/200/d%2Fe")]);
        await new HttpRequests().RevertAsync(recipe, CancellationToken.None);

        Assert.That(_asked, Is.EqualTo(new[] { "DELETE /204/a", "DELETE /404/b", "DELETE /410/c", "DELETE /200/d%2Fe" }));
        Assert.That(recipe.Kind, Is.EqualTo("http.request"));
        Assert.That(recipe.Instructions, Does.Contain($"DELETE {Url}204/a"));
    }

    [TestCase(500)]
    [TestCase(401)]
    public void A_refusal_keeps_the_fault(int status)
    {
        var recipe = HttpRequests.Delete([new Uri(Url, $"/{status}/a")]);

        Assert.That(async () => await new HttpRequests().RevertAsync(recipe, CancellationToken.None), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public async Task What_was_only_in_the_memory_of_a_server_here_is_gone_with_it()
    {
        Uri[] resources = [new(Url, "/204/a")];
        await _server.StopAsync();

        await new HttpRequests().RevertAsync(HttpRequests.Delete(resources, areInMemory: true), CancellationToken.None);
        Assert.That(async () => await new HttpRequests().RevertAsync(HttpRequests.Delete(resources), CancellationToken.None), Throws.InstanceOf<HttpRequestException>(), "what is kept elsewhere is not");
    }

    [Test]
    public void Of_a_server_elsewhere_nobody_knows_whether_it_is_gone()
    {
        // An address that nobody has; a proxy or a firewall would refuse for it.
        var recipe = HttpRequests.Delete([new Uri("http://nobody.invalid/a")], areInMemory: true);
        Assert.That(async () => await new HttpRequests().RevertAsync(recipe, CancellationToken.None), Throws.InstanceOf<HttpRequestException>());
    }

    [Test]
    public void A_recipe_that_cannot_be_read_says_so()
    {
        var recipe = HttpRequests.Delete([]) with { Parameters = new Dictionary<string, string> { ["request000"] = "nonsense" } };

        Assert.That(async () => await new HttpRequests().RevertAsync(recipe, CancellationToken.None), Throws.InstanceOf<FormatException>().With.Message.Contains("nonsense"));
    }

    [Test]
    public async Task What_is_left_of_a_killed_run_is_undone_without_anything_registered()
    {
        var folder = Directory.CreateTempSubdirectory("journals").FullName;
        using (var journal = FaultJournal.Create(folder, "run", TimeProvider.System))
        {
            journal.Planned(new FaultJournalLine(FaultJournalEvent.Planned, "1", DateTimeOffset.UnixEpoch) { Fault = "slow", Recipe = HttpRequests.Delete([new Uri(Url, "/204/a")]) });
        }

        var found = await LeftoverFaults.RevertAsync(folder, ChaosHarness.Faults.RecipeReverters.BuiltIn, TimeProvider.System, CancellationToken.None);

        Assert.That(found.Single().Problem, Is.Null);
        Assert.That(_asked, Has.Count.EqualTo(1));
        Directory.Delete(folder, recursive: true);
    }
}
