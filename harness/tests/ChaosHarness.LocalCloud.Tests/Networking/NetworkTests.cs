using System.Net;
using ChaosHarness.LocalCloud.Networking;

namespace ChaosHarness.LocalCloud.Tests.Networking;

/// <summary>Who reaches whom while subnets are cut off.</summary>
public sealed class NetworkTests
{
    private static readonly Subnet A = new("a", "zone-a", "127.1.1");
    private static readonly Subnet A2 = new("a2", "zone-a", "127.1.2");
    private static readonly Subnet B = new("b", "zone-b", "127.1.3");

    [TestCase("all", "a", "b", true)]
    [TestCase("all", "b", "a", true)]
    [TestCase("all", "a", null, true)]
    [TestCase("all", "a", "a2", true)]
    [TestCase("all", "a", "a", false)]
    [TestCase("all", "b", null, false)]
    [TestCase("all", null, null, false)]
    [TestCase("availability-zone", "a", "b", true)]
    [TestCase("availability-zone", "a", "a2", false)]
    [TestCase("availability-zone", "a", null, false)]
    public void A_disruption_parts_ends(string scope, string? one, string? other, bool parted)
    {
        var disruption = new Disruption(new HashSet<string> { "a" }, scope);

        Assert.That(disruption.Parts(Named(one), Named(other)), Is.EqualTo(parted));
        Assert.That(disruption.Parts(Named(other), Named(one)), Is.EqualTo(parted));
    }

    [Test]
    public async Task Who_waits_goes_on_when_the_last_disruption_ends()
    {
        var connectivity = new Connectivity();
        var (one, other) = (A, B);
        Assert.That(connectivity.ReachableAsync(() => one, () => other, default).AsTask().IsCompleted, Is.True);
        var first = connectivity.Disrupt(new Disruption(new HashSet<string> { one.Id }, "all"));
        var second = connectivity.Disrupt(new Disruption(new HashSet<string> { other.Id }, "all"));
        var waiting = connectivity.ReachableAsync(() => one, () => other, default).AsTask();
        first.Dispose();
        await Task.Yield();
        Assert.That(waiting.IsCompleted, Is.False);
        second.Dispose();

        await waiting.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.That(() => connectivity.ReachableAsync(() => one, () => other, new CancellationToken(canceled: true)).AsTask(), Throws.Nothing);
    }

    [Test]
    public void Addresses_are_given_once()
    {
        var network = new CloudNetwork("us-east-1");
        var addresses = Enumerable.Range(0, 50).SelectMany(_ => network.Subnets.Select(network.NextAddress).Append(network.NextServiceAddress())).ToList();

        Assert.That(addresses, Is.Unique);
        Assert.That(addresses.Select(IPAddress.Parse), Is.All.Matches<IPAddress>(address => IPAddress.IsLoopback(address!)));
    }

    private static Subnet? Named(string? id) => id switch
    {
        "a" => A,
        "a2" => A2,
        "b" => B,
        _ => null,
    };
}
