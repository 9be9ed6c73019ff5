using System.Diagnostics;
using System.Net;
using Amazon.ElasticLoadBalancingV2.Model;
using Amazon.RDS.Model;
using ChaosHarness.LocalCloud.Names;
using Npgsql;

namespace ChaosHarness.LocalCloud.Tests.Names;

/// <summary>Endpoints that are names: a failover leaves whoever is connected in silence, and whoever keeps an address with it.</summary>
public sealed class NamedEndpointTests : CloudTests
{
    protected override LocalCloudOptions Options => base.Options with { Names = true, LoadBalancers = [new LoadBalancerPlan("web") { HealthCheckPath = "/hello" }] };

    [Test]
    public async Task After_a_failover_the_name_leads_elsewhere_and_old_connections_hear_nothing()
    {
        var instance = await DatabaseAsync("named", multiZone: true);
        Assert.That(instance.Endpoint.Address, Does.StartWith("named.").And.EndWith(".us-east-1.rds.localcloud.test"));
        var (fresh, keeping) = (new NameResolver(Cloud.NameServer, NameCaching.None), new NameResolver(Cloud.NameServer, NameCaching.Forever));
        var first = await keeping.ResolveAsync(instance.Endpoint.Address);
        await using var old = await OpenAsync(first, instance, commandTimeout: 2);

        await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "named", ForceFailover = true });
        await AvailableAsync("named");
        var second = await fresh.ResolveAsync(instance.Endpoint.Address);
        Assert.That(second, Is.Not.EqualTo(first));
        await using (var now = await OpenAsync(second, instance, commandTimeout: 5))
        {
            Assert.That(await AskAsync(now), Is.EqualTo(1));
        }

        var since = Stopwatch.GetTimestamp();
        Assert.That(() => AskAsync(old), Throws.InstanceOf<NpgsqlException>().With.InnerException.TypeOf<TimeoutException>(), "not reset: silent until its own time-out");
        Assert.That(Stopwatch.GetElapsedTime(since), Is.GreaterThan(TimeSpan.FromSeconds(1.9)));
        Assert.That(await keeping.ResolveAsync(instance.Endpoint.Address), Is.EqualTo(first));
        Assert.That(() => OpenAsync(first, instance, commandTimeout: 2), Throws.InstanceOf<NpgsqlException>(), "whoever keeps the address gets nowhere");
    }

    [Test]
    public async Task A_reboot_without_failover_resets_connections_and_keeps_the_address()
    {
        var instance = await DatabaseAsync("reboot", multiZone: false);
        var resolver = new NameResolver(Cloud.NameServer, NameCaching.None);
        var address = await resolver.ResolveAsync(instance.Endpoint.Address);
        await using var old = await OpenAsync(address, instance, commandTimeout: 30);
        var waiting = AskAsync(old, "SELECT 1 FROM pg_sleep(25)");

        await Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest { DBInstanceIdentifier = "reboot" });
        Assert.That(() => waiting.WaitAsync(TimeSpan.FromSeconds(20)), Throws.InstanceOf<NpgsqlException>(), "told at once");
        await AvailableAsync("reboot");
        Assert.That(await resolver.ResolveAsync(instance.Endpoint.Address), Is.EqualTo(address));
    }

    [Test]
    public async Task A_load_balancer_is_reached_by_its_name()
    {
        var name = (await Account.LoadBalancing.DescribeLoadBalancersAsync(new DescribeLoadBalancersRequest { Names = ["web"] })).LoadBalancers[0].DNSName;
        Assert.That(name, Does.EndWith(".us-east-1.elb.localcloud.test"));
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = new NameResolver(Cloud.NameServer).ConnectAsync });
        using var answer = await http.GetAsync(new Uri($"http://{name}:{LocalCloud.LoadBalancerPort}/"));
        Assert.That(answer.StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable), "it has no targets");
    }

    private static async Task<NpgsqlConnection> OpenAsync(IPAddress address, DBInstance instance, int commandTimeout)
    {
        var connection = new NpgsqlConnection($"Host={address};Port={instance.Endpoint.Port};Username=keeper;Password=s3cret-enough;Database=shop;Pooling=false;Timeout=2;Command Timeout={commandTimeout};Cancellation Timeout=-1");
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<int> AskAsync(NpgsqlConnection connection, string sql = "SELECT 1")
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}
