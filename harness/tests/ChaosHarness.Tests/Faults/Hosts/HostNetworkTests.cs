using System.Net;
using ChaosHarness.Faults;
using ChaosHarness.Faults.Hosts;
using ChaosHarness.Faults.Hosts.Networks;
using ChaosHarness.Hosts;
using ChaosHarness.Systems;
using ChaosHarness.Tests.Hosts;

namespace ChaosHarness.Tests.Faults.Hosts;

/// <summary>Faults of a host's network, in a network of its own.</summary>
[Platform("Linux")]
public sealed class HostNetworkTests
{
    // Refused at once where packets pass, and not answered where they are dropped.
    private const string Knock = """
        timeout 1 bash -c "</dev/tcp/$1/$2" 2>/dev/null; echo $?
        """;

    private const string Passes = "1\n";
    private const string Dropped = "124\n";
    private static readonly Component Database = new("db", ComponentKind.Database);
    private NamespaceHost _host = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _host = new NamespaceHost();
        await _host.ShellAsync("ip addr add 10.9.9.1/32 dev lo; ip addr add 10.9.9.2/32 dev lo; ip addr add fd00::9/128 dev lo");
    }

    [TearDown]
    public void End() => _host.Dispose();

    private HostNetwork Network => _host.Network(Database);

    [TestCase(true)]
    [TestCase(false)]
    public async Task A_partition_drops_what_peers_say_and_its_revert_takes_away_what_it_brought(bool hasNft)
    {
        if (!hasNft)
        {
            await _host.ShellAsync("mount --bind /bin/false $(command -v nft)");
        }

        await using var place = new InjectionPlace(TimeProvider.System);
        var fault = Network.Partition(["10.9.9.0/31", "fd00::9"]);
        Assert.That((await fault.LookAsync(CancellationToken.None)).Obstacle, Is.Null);
        Assert.That(await KnockAsync("10.9.9.1", 5432), Is.EqualTo(Passes));

        var active = await place.InjectAsync(fault);

        Assert.That(await KnockAsync("10.9.9.1", 5432), Is.EqualTo(Dropped));
        Assert.That(await KnockAsync("fd00::9", 5432), Is.EqualTo(Dropped));
        Assert.That(await KnockAsync("10.9.9.2", 5432), Is.EqualTo(Passes), "it is no peer");
        Assert.That((await fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        await fault.RevertAsync(active.Recipe, CancellationToken.None);
        Assert.That(await KnockAsync("10.9.9.1", 5432), Is.EqualTo(Passes));
        Assert.That(await place.RevertAllAsync(), Is.Empty, "once more does no harm");
        Assert.That(await _host.ShellAsync("iptables -S | grep -c chaos; nft list tables 2>/dev/null | grep -c chaos; :"), Is.EqualTo(hasNft ? "0\n0\n" : "0\n0\n"));
    }

    [Test]
    public async Task A_partition_of_ports_leaves_the_others()
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        var active = await place.InjectAsync(Network.Partition(["10.9.9.1"], 5432, 6432));

        Assert.That(await KnockAsync("10.9.9.1", 5432), Is.EqualTo(Dropped));
        Assert.That(await KnockAsync("10.9.9.1", 80), Is.EqualTo(Passes));
        await _host.ShellAsync("nft flush ruleset");
        Assert.That((await active.Fault.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.Gone));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
    }

    [Test]
    public async Task Some_packets_are_lost()
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        await place.InjectAsync(Network.LosePackets(0.5, ["10.9.9.1"]));

        Assert.That(await _host.ShellAsync("nft list ruleset | grep -c 'numgen random mod 1000000 < 500000 drop'"), Is.EqualTo("2\n"));
        var answers = await _host.ShellAsync("for n in $(seq 20); do timeout 0.3 bash -c '</dev/tcp/10.9.9.1/80' 2>/dev/null; echo $?; done");
        Assert.That(answers, Does.Contain(Passes).And.Contain(Dropped));
    }

    [Test]
    public async Task A_card_is_limited_and_set_back()
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        var rate = (Network with { Card = "lo" }).Rate(125);
        Assert.That((await rate.LookAsync(CancellationToken.None)).Obstacle, Is.Null);

        var active = await place.InjectAsync(rate);

        Assert.That(await _host.ShellAsync("tc qdisc show dev lo root"), Does.StartWith("qdisc tbf ").And.Contain("rate 1Mbit"));
        Assert.That((await rate.IsThereAsync(active.Recipe, CancellationToken.None)).Kind, Is.EqualTo(PresenceKind.There));
        Assert.That((await rate.LookAsync(CancellationToken.None)).Obstacle, Does.Contain("is shaped by somebody already"));
        Assert.That(await place.RevertAllAsync(), Is.Empty);
        Assert.That(await _host.ShellAsync("tc qdisc show dev lo root"), Does.StartWith("qdisc noqueue "));
    }

    [Test]
    public async Task A_delay_is_refused_where_the_kernel_has_none_and_done_where_it_has()
    {
        await using var place = new InjectionPlace(TimeProvider.System);
        var delay = (Network with { Card = "lo" }).Latency("50ms", "5ms");
        if ((await delay.LookAsync(CancellationToken.None)).Obstacle is { } obstacle)
        {
            Assert.That(obstacle, Does.StartWith("'delay what leaves db by 50ms' cannot be done and undone: on the namespace it cannot be done by this kernel").And.Contain("needs the module sch_netem"));
            return;
        }

        await place.InjectAsync(delay);
        Assert.That(await _host.ShellAsync("tc qdisc show dev lo root"), Does.StartWith("qdisc netem ").And.Contain("delay 50ms"));
    }

    [Test]
    public async Task The_way_in_is_not_cut()
    {
        using var server = SshServer.Start();
        await using var host = server.Host;
        var network = host.Network(Database);
        foreach (var fault in new[] { network.Partition(["127.0.0.1"]), network.Partition(["0.0.0.0/0"]), network.Partition(["localhost"], server.Port), network.LosePackets(0.1, ["127.0.0.0/8"]) })
        {
            Assert.That((await fault.LookAsync(CancellationToken.None)).Obstacle, Does.Contain("it would cut the harness's own way to db-host: the ssh session from 127.0.0.1"), fault.Name);
            Assert.That(async () => await fault.PlanRevertAsync(CancellationToken.None), Throws.InvalidOperationException);
        }

        Assert.That((await network.Partition(["127.0.0.1"], 5432).LookAsync(CancellationToken.None)).Obstacle, Is.Null);
        Assert.That((await new LocalHost().Network(Database).Partition(["127.0.0.0/8"]).LookAsync(CancellationToken.None)).Obstacle, Does.Contain("what this machine says to itself"));
        Assert.That((await new LocalHost().Network(Database).Partition(["::1"]).LookAsync(CancellationToken.None)).Obstacle, Does.Contain("what this machine says to itself"));
        Assert.That((await host.Network(Database).Partition(["no-such-peer.invalid"]).LookAsync(CancellationToken.None)).Obstacle, Does.Contain("'no-such-peer.invalid' has no address there"));
    }

    [TestCase("10.0.0.1 40000 10.0.0.2 22", "10.0.0.1", 0, true)]
    [TestCase("10.0.0.1 40000 10.0.0.2 22", "10.0.0.0/24", 0, true)]
    [TestCase("10.0.0.1 40000 10.0.0.2 22", "10.0.0.1", 22, true)]
    [TestCase("10.0.0.1 40000 10.0.0.2 22", "10.0.0.1", 40000, true)]
    [TestCase("10.0.0.1 40000 10.0.0.2 22", "10.0.0.1", 5432, false)]
    [TestCase("10.0.0.1 40000 10.0.0.2 22", "10.0.1.1", 0, false)]
    [TestCase("fe80::1%eth0 40000 fe80::2%eth0 22", "fe80::/10", 0, true)]
    [TestCase("::ffff:10.0.0.1 40000 ::ffff:10.0.0.2 22", "10.0.0.1", 0, true)]
    public void What_would_cut_a_session_is_known(string connection, string peer, int port, bool isCut)
    {
        Assert.That(WayIn.TryParse(peer, out var network));
        Assert.That(WayIn.OfSession(connection)!.IsCutBy([network], port == 0 ? [] : [port]), Is.EqualTo(isCut));
    }

    [Test]
    public void Mistakes_are_named()
    {
        Assert.That(Network.Partition([]).Mistakes, Has.Count.EqualTo(1));
        Assert.That(Network.Partition(["10.0.0.1"], 0).Mistakes.Single(), Does.Contain("ports are from 1 to 65535"));
        Assert.That(Network.LosePackets(1.5, ["10.0.0.1"]).Mistakes.Single(), Does.Contain("share"));
        Assert.That(Network.Latency("1h", "x").Mistakes, Has.Count.EqualTo(2));
        Assert.That(Network.Rate(0).Mistakes, Has.Count.EqualTo(1));
        Assert.That(WayIn.OfSession(""), Is.Null);
        Assert.That(new PacketFilter([IPNetwork.Parse("10.0.0.0/8")], [], 1).Table("x"), Does.Contain("ip saddr { 10.0.0.0/8 } drop"));
    }

    private Task<string> KnockAsync(string address, int port) => _host.ShellAsync(Knock, address, $"{port}");
}
