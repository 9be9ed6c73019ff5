using System.Diagnostics;
using System.Net.Sockets;
using System.Text;
using Amazon;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.RDS.Model;
using Amazon.Runtime;
using ChaosHarness.Aws.Accounts;
using Npgsql;

namespace ChaosHarness.LocalCloud.Tests;

/// <summary>What tests on a running cloud share: a cloud for the class, an account in it, and ways to wait.</summary>
public abstract class CloudTests
{
    /// <summary>Generous: machines are busy.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private LocalCloud? _cloud;
    private AwsAccount? _account;

    protected LocalCloud Cloud => _cloud!;

    protected AwsAccount Account => _account!;

    protected virtual LocalCloudOptions Options => new() { Speed = 60 };

    [OneTimeSetUp]
    public async Task StartTheCloud()
    {
        Assume.That(OperatingSystem.IsLinux(), "the local cloud needs Linux");
        _cloud = await LocalCloud.StartAsync(Options);
        _account = AccountOf(_cloud);
    }

    [OneTimeTearDown]
    public async Task EndTheCloud()
    {
        _account?.Dispose();
        if (_cloud is not null)
        {
            await _cloud.DisposeAsync();
        }
    }

    protected static AwsAccount AccountOf(LocalCloud cloud, AWSCredentials? credentials = null) => new(RegionEndpoint.GetBySystemName(cloud.Options.Region), credentials ?? cloud.Credentials, cloud.Url)
    {
        MaximumRetries = 0,
        PollInterval = TimeSpan.FromMilliseconds(50),
        Policy = new AwsPolicy { AllowedAccounts = [cloud.Options.AccountId], AllowedRegions = [cloud.Options.Region], MaximumTargetShare = 1 },
        Tell = static _ => { },
    };

    /// <summary>Waits until something holds.</summary>
    protected static async Task UntilAsync(Func<Task<bool>> holds, string what)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(Patience), what);
            await Task.Delay(20);
        }
    }

    /// <summary>Launches an instance that serves the files of its folder, and waits until it runs.</summary>
    protected async Task<Amazon.EC2.Model.Instance> RunAsync(string? zone = null, params (string Key, string Value)[] tags)
    {
        var run = await Account.Ec2.RunInstancesAsync(new RunInstancesRequest
        {
            ImageId = "ami-test",
            MinCount = 1,
            MaxCount = 1,
            Placement = zone is null ? null : new Placement { AvailabilityZone = zone },
            UserData = Convert.ToBase64String(Encoding.UTF8.GetBytes("echo hello > hello\nexec python3 -m http.server $PORT --bind 127.0.0.1 2>/dev/null\n")),
            TagSpecifications = [new Amazon.EC2.Model.TagSpecification { ResourceType = ResourceType.Instance, Tags = [.. tags.Select(tag => new Amazon.EC2.Model.Tag(tag.Key, tag.Value))] }],
        });
        var instance = run.Reservation.Instances[0];
        await UntilAsync(async () => await StateAsync(instance.InstanceId) == "running", "the instance runs");
        await UntilAsync(() => ServesAsync(instance), "the instance serves");
        return instance;
    }

    protected async Task<string> StateAsync(string instance) =>
        (await Account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest { InstanceIds = [instance] })).Reservations[0].Instances[0].State.Name.Value;

    /// <summary>Whether an instance answers at its private address.</summary>
    protected static async Task<bool> ServesAsync(Amazon.EC2.Model.Instance instance, double seconds = 2)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(seconds) };
        try
        {
            return await http.GetStringAsync(new Uri($"http://{instance.PrivateIpAddress}:{LocalCloud.InstancePort}/hello")) == "hello\n";
        }
        catch (Exception exception) when (exception is HttpRequestException or TaskCanceledException or SocketException)
        {
            return false;
        }
    }

    /// <summary>Makes a database and waits until it is available.</summary>
    protected async Task<DBInstance> DatabaseAsync(string id, bool multiZone)
    {
        await Account.Rds.CreateDBInstanceAsync(new CreateDBInstanceRequest
        {
            DBInstanceIdentifier = id,
            DBInstanceClass = "db.t3.micro",
            Engine = "postgres",
            DBName = "shop",
            MasterUsername = "keeper",
            MasterUserPassword = "s3cret-enough",
            MultiAZ = multiZone,
        });
        return await AvailableAsync(id);
    }

    protected async Task<DBInstance> AvailableAsync(string id, string status = "available")
    {
        DBInstance instance = null!;
        await UntilAsync(
            async () =>
            {
                instance = await DescribeAsync(id);
                Assert.That(instance.DBInstanceStatus, Is.Not.EqualTo("failed"), string.Join("; ", Cloud.Databases.Events.All.Select(entry => entry.Message)));
                return instance.DBInstanceStatus == status;
            },
            $"{id} is {status}");
        return instance;
    }

    protected async Task<DBInstance> DescribeAsync(string id) => (await Account.Rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest { DBInstanceIdentifier = id })).DBInstances[0];

    /// <summary>Asks a database through its endpoint, as an application does.</summary>
    protected static async Task<T> AskAsync<T>(DBInstance instance, string sql, string password = "s3cret-enough")
    {
        await using var source = NpgsqlDataSource.Create($"Host={instance.Endpoint.Address};Port={instance.Endpoint.Port};Username=keeper;Password={password};Database=shop;Pooling=false;Timeout=3;Command Timeout=5");
        await using var command = source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
