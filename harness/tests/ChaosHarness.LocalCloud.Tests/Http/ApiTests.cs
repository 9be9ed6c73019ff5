using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.FIS.Model;
using Amazon.RDS;
using Amazon.RDS.Model;

namespace ChaosHarness.LocalCloud.Tests.Http;

/// <summary>What all services do alike: throttling, unknown operations, validation, a port that is taken.</summary>
public sealed class ApiTests : CloudTests
{
    protected override LocalCloudOptions Options => base.Options with { CallsPerSecond = 2 };

    [Test]
    public async Task Too_many_calls_are_throttled_and_clients_that_retry_get_through()
    {
        for (var call = 0; call < 4; call++)
        {
            await Account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest());
        }

        Assert.That(() => Account.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest()), Throws.InstanceOf<AmazonEC2Exception>().With.Property("ErrorCode").EqualTo("RequestLimitExceeded"));
        using var patient = new ChaosHarness.Aws.Accounts.AwsAccount(Amazon.RegionEndpoint.USEast1, Cloud.Credentials, Cloud.Url) { MaximumRetries = 6 };
        Assert.That((await patient.Ec2.DescribeSubnetsAsync(new DescribeSubnetsRequest())).Subnets, Has.Count.EqualTo(3));
    }

    [Test]
    public void What_is_missing_or_wrong_is_named()
    {
        Assert.That(() => Account.Rds.RebootDBInstanceAsync(new RebootDBInstanceRequest()), Throws.InstanceOf<AmazonRDSException>().With.Property("ErrorCode").EqualTo("MissingParameter").And.Message.Contains("DBInstanceIdentifier"));
        Assert.That(() => Account.Fis.CreateExperimentTemplateAsync(new CreateExperimentTemplateRequest { Description = "x" }), Throws.TypeOf<ValidationException>().With.Message.Contains("3 validation errors").And.Message.Contains("roleArn"));
        Assert.That(() => Account.Fis.ListExperimentsAsync(new ListExperimentsRequest { NextToken = "nonsense" }), Throws.TypeOf<ValidationException>());
        Assert.That(() => Account.Fis.GetExperimentAsync(new GetExperimentRequest { Id = "EXPnone" }), Throws.TypeOf<Amazon.FIS.Model.ResourceNotFoundException>());
    }

    [Test]
    public void A_port_that_is_taken_is_named() => Assert.That(
        () => LocalCloud.StartAsync(new LocalCloudOptions { Port = Cloud.Url.Port }),
        Throws.TypeOf<ChaosHarness.Processes.TopologyFailedException>().With.Message.Contains(Cloud.Url.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    [Test]
    public async Task A_cloud_is_up_soon()
    {
        var since = System.Diagnostics.Stopwatch.GetTimestamp();
        await using var another = await LocalCloud.StartAsync();

        Assert.That(System.Diagnostics.Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(10)), "a generous limit: benchmarks tell the figure");
        Assert.That(another.Url, Is.Not.EqualTo(Cloud.Url));
    }
}
