using System.Net.Sockets;
using System.Text;
using Amazon.EC2.Model;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.LocalCloud.Networking;

namespace ChaosHarness.LocalCloud.Tests.Networking;

/// <summary>Real connections between real processes, cut off and put back.</summary>
public sealed class DisruptionTests : CloudTests
{
    protected override LocalCloudOptions Options => base.Options with { OtherRegions = ["us-west-2"] };

    [Test]
    public async Task Nothing_passes_while_a_subnet_is_cut_off_and_it_arrives_afterwards()
    {
        var instance = await RunAsync("us-east-1b");
        using var client = new TcpClient();
        await client.ConnectAsync(instance.PrivateIpAddress, LocalCloud.InstancePort);
        var cut = Cloud.Context.Network.Connectivity.Disrupt(new Disruption(new HashSet<string> { instance.SubnetId }, "all"));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /hello HTTP/1.0\r\n\r\n"));
        using var reader = new StreamReader(client.GetStream());
        var answer = reader.ReadToEndAsync();

        Assert.That(await ServesAsync(instance, 1), Is.False, "new connections get nothing");
        Assert.That(answer.IsCompleted, Is.False, "nor do old ones");
        cut.Dispose();
        Assert.That(await answer.WaitAsync(Patience), Does.EndWith("hello\n"));
        Assert.That(await ServesAsync(instance), Is.True);
    }

    [Test]
    public async Task A_client_is_known_by_the_process_behind_its_connection()
    {
        var server = await RunAsync("us-east-1a");
        var near = await CurlAsync("us-east-1a", server);
        var far = await CurlAsync("us-east-1b", server);
        using (Cloud.Context.Network.Connectivity.Disrupt(new Disruption(new HashSet<string> { server.SubnetId }, "availability-zone")))
        {
            await UntilAsync(async () => !await GotAsync(far), "another zone is cut off");
            Assert.That(await GotAsync(near), Is.True, "the own zone is not");
            Assert.That(await ServesAsync(server), Is.True, "nor is the outside");
        }

        await UntilAsync(() => GotAsync(far), "and back again");
    }

    [Test]
    public async Task Who_is_cut_off_from_all_is_cut_off_from_other_regions_too()
    {
        var server = await RunAsync("us-east-1a");
        var far = await CurlAsync("us-west-2c", server, Account.InRegion(Amazon.RegionEndpoint.USWest2));
        var subnet = (await Account.InRegion(Amazon.RegionEndpoint.USWest2).Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets.Single(subnet => subnet.AvailabilityZone == "us-west-2c").SubnetId;
        using (Cloud.Context.Network.Connectivity.Disrupt(new Disruption(new HashSet<string> { subnet }, "all")))
        {
            await UntilAsync(async () => !await GotAsync(far), "the other region is cut off");
            Assert.That(await ServesAsync(server), Is.True, "the outside is not");
        }

        await UntilAsync(() => GotAsync(far), "and back again");
    }

    [Test]
    public async Task A_subnet_that_is_cut_off_shuts_clients_out_and_leaves_the_database_as_it_is()
    {
        var instance = await DatabaseAsync("parted", multiZone: true);
        var database = Cloud.Databases.Instances["parted"].Database;
        var primary = database.Primary;
        await AskAsync<int>(instance, "CREATE TABLE t (i int); SELECT 1");
        using (Cloud.Context.Network.Connectivity.Disrupt(new Disruption(new HashSet<string> { database.Standby!.Subnet.Id }, "all")))
        {
            Assert.That(await WritesAsync(instance), "its standby is reached another way");
            Assert.That(database.IsInStep);
        }

        using (Cloud.Context.Network.Connectivity.Disrupt(new Disruption(new HashSet<string> { primary.Subnet.Id }, "all")))
        {
            Assert.That(await WritesAsync(instance), Is.False, "nobody reaches it");
            await Task.Delay(TimeSpan.FromMinutes(2) / Options.Speed);
            Assert.That((database.Primary, database.IsInStep), Is.EqualTo((primary, true)), "and nobody fails it over: who has to, does");
        }

        await UntilAsync(() => WritesAsync(instance), "it is reached again");

        static async Task<bool> WritesAsync(Amazon.RDS.Model.DBInstance instance)
        {
            try
            {
                return await AskAsync<int>(instance, "INSERT INTO t VALUES (1); SELECT 1") == 1;
            }
            catch (Exception exception) when (exception is Npgsql.NpgsqlException or TimeoutException)
            {
                return false;
            }
        }
    }

    // Asks another instance again and again, and says in a file whether the last time went well.
    private async Task<string> CurlAsync(string zone, Amazon.EC2.Model.Instance server, AwsAccount? from = null)
    {
        var file = Path.Combine(Cloud.Context.Folder.Path, Guid.NewGuid().ToString("N"));
        var program = $"while :; do if python3 -c 'import urllib.request; urllib.request.urlopen(\"http://{server.PrivateIpAddress}:{LocalCloud.InstancePort}/hello\", timeout=0.5).read()' 2>/dev/null; then echo yes > {file}; else echo no > {file}; fi; sleep 0.05; done";
        await (from ?? Account).Ec2.RunInstancesAsync(new RunInstancesRequest { ImageId = "ami-1", MinCount = 1, MaxCount = 1, Placement = new Placement { AvailabilityZone = zone }, UserData = Convert.ToBase64String(Encoding.UTF8.GetBytes(program)) });
        await UntilAsync(() => GotAsync(file), "the other instance is reached");
        return file;
    }

    private static Task<bool> GotAsync(string file) => Task.FromResult(File.Exists(file) && File.ReadAllText(file) == "yes\n");
}
