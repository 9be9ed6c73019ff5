using System.Net;
using System.Net.Sockets;
using ChaosHarness.LocalCloud.Names;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.LocalCloud.Tests.Names;

/// <summary>What a client keeps of what a name led to.</summary>
public sealed class NameResolverTests
{
    private readonly NameZone _zone = new("cloud.test");
    private readonly FakeTimeProvider _time = new();
    private NameServer _server = null!;
    private int _leadsTo = 1;

    [SetUp]
    public void Start()
    {
        _leadsTo = 1;
        _zone.Add("orders.cloud.test", () => new NameRecord(IPAddress.Parse($"127.20.1.{_leadsTo}"), TimeSpan.FromSeconds(5)));
        _server = new NameServer(_zone);
    }

    [TearDown]
    public void End() => _server.Dispose();

    [TestCase(NameCaching.None, 2, 2)]
    [TestCase(NameCaching.TimeToLive, 1, 2)]
    [TestCase(NameCaching.Forever, 1, 1)]
    public async Task It_is_kept_as_long_as_the_setting_says(NameCaching caching, int within, int after)
    {
        var resolver = new NameResolver(_server.EndPoint, caching, _time);
        Assert.That(await resolver.ResolveAsync("orders.cloud.test"), Is.EqualTo(IPAddress.Parse("127.20.1.1")));
        _leadsTo = 2;

        _time.Advance(TimeSpan.FromSeconds(4.9));
        Assert.That(await resolver.ResolveAsync("ORDERS.cloud.test"), Is.EqualTo(IPAddress.Parse($"127.20.1.{within}")));
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.That(await resolver.ResolveAsync("orders.cloud.test"), Is.EqualTo(IPAddress.Parse($"127.20.1.{after}")));
    }

    [Test]
    public void What_is_not_there_fails_as_the_lookup_of_the_system_does()
    {
        var resolver = new NameResolver(_server.EndPoint);
        Assert.That(async () => await resolver.ResolveAsync("nobody.cloud.test"), Throws.TypeOf<SocketException>().With.Property("SocketErrorCode").EqualTo(SocketError.HostNotFound));
        Assert.That(async () => await resolver.ResolveAsync(new string('a', 64) + ".test"), Throws.TypeOf<SocketException>().With.Property("SocketErrorCode").EqualTo(SocketError.HostNotFound));
        Assert.That(async () => await resolver.ResolveAsync("a..test"), Throws.TypeOf<SocketException>());
        Assert.That(async () => await resolver.ResolveAsync(""), Throws.ArgumentException);
    }

    [Test]
    public async Task An_address_leads_to_itself() =>
        Assert.That(await new NameResolver(new IPEndPoint(IPAddress.Loopback, 9)).ResolveAsync("127.0.0.9"), Is.EqualTo(IPAddress.Parse("127.0.0.9")));
}
