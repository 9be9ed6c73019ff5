using Aspire.Hosting;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Aspire.Links;

namespace ChaosHarness.Aspire.Tests.Links;

/// <summary>What a resource is told of the endpoints of others: no application runs, only the proxies are real.</summary>
public sealed class LinkedValuesTests
{
    private IDistributedApplicationBuilder _builder = null!;
    private ChaosLinks _links = null!;
    private IResourceBuilder<ExecutableResource> _database = null!;
    private IResource _consumer = null!;

    [SetUp]
    public async Task MakeResources()
    {
        _builder = DistributedApplication.CreateBuilder(new DistributedApplicationOptions { DisableDashboard = true });
        _database = _builder.AddExecutable("db", "true", ".").WithEndpoint("tcp", endpoint =>
        {
            endpoint.UriScheme = "tcp";
            endpoint.AllocatedEndpoint = new AllocatedEndpoint(endpoint, "localhost", 5432);
        });
        _consumer = _builder.AddExecutable("web", "true", ".").Resource;
        _links = new ChaosLinks();
        await _links.StartAsync(CancellationToken.None);
    }

    [TearDown]
    public async Task End() => await _links.DisposeAsync();

    [Test]
    public async Task An_address_is_that_of_the_proxy()
    {
        var proxied = await TextAsync(_database.GetEndpoint("tcp"));

        Assert.That(proxied, Does.Match("^tcp://localhost:[0-9]+$").And.Not.EqualTo("tcp://localhost:5432"));
        Assert.That(await TextAsync(_database.GetEndpoint("tcp").Property(EndpointProperty.HostAndPort)), Is.EqualTo(proxied["tcp://".Length..]), "it is the same proxy");
        var proxy = await _links.All.Single().Client.FindProxyAsync("web to db (tcp)");
        Assert.That((proxy.Upstream, proxied.Split(':')[^1]), Is.EqualTo(("localhost:5432", proxy.Listen.Split(':')[^1])));
    }

    [Test]
    public async Task A_connection_string_is_rewritten_in_the_deep_and_stays_as_it_is_otherwise()
    {
        var tcp = _database.GetEndpoint("tcp");
        var server = _builder.AddConnectionString("server", ReferenceExpression.Create($"Host={tcp.Property(EndpointProperty.Host)};Port={tcp.Property(EndpointProperty.Port)};Options={{{{x}}}}"));
        var orders = _builder.AddConnectionString("orders", ReferenceExpression.Create($"{server.Resource};Database=orders"));

        var text = await TextAsync(new ConnectionStringReference(orders.Resource, optional: false));

        var port = (await _links.All.Single().Client.FindProxyAsync("web to db (tcp)")).Listen.Split(':')[^1];
        Assert.That(text, Is.EqualTo($"Host=localhost;Port={port};Options={{x}};Database=orders"));
        Assert.That(await orders.Resource.ConnectionStringExpression.GetValueAsync(CancellationToken.None), Is.EqualTo(text.Replace(port, "5432", StringComparison.Ordinal)), "others see it as it was");
    }

    [Test]
    public void What_refers_to_nothing_of_another_stays_the_very_same()
    {
        var own = ReferenceExpression.Create($"a {new HostUrl("http://localhost")} b");
        object[] values = ["text", own, _database.GetEndpoint("tcp").Property(EndpointProperty.TargetPort), _builder.AddConnectionString("outside").Resource];

        Assert.That(values.Where(value => !ReferenceEquals(value, new LinkedValues(_consumer, _links).Of(value))), Is.Empty);
        var self = _database.GetEndpoint("tcp");
        Assert.That(new LinkedValues(_database.Resource, _links).Of(self), Is.SameAs(self), "nobody reaches himself over a link");
        Assert.That(_links.All, Is.Empty);
    }

    [Test]
    public void Nothing_is_added_twice_and_nothing_where_the_application_is_not_run()
    {
        var before = _builder.Services.Count;
        _builder.AddChaos();
        var once = _builder.Services.Count;
        _builder.AddChaos();
        var published = DistributedApplication.CreateBuilder(["--operation", "publish"]);
        published.AddChaos();

        Assert.That((once - before, _builder.Services.Count), Is.EqualTo((1, once)));
        Assert.That(published.Services.Any(service => service.ServiceType == typeof(ChaosLinks)), Is.False);
    }

    private async Task<string> TextAsync(object value) =>
        (await ((IValueProvider)new LinkedValues(_consumer, _links).Of(value)).GetValueAsync(new ValueProviderContext { Caller = _consumer }, new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token))!;
}
