using Amazon;
using Amazon.FIS;
using Amazon.FIS.Model;
using Amazon.RDS;
using Amazon.RDS.Model;
using Amazon.Runtime;
using Amazon.Runtime.Endpoints;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.Aws.Tests.Clients;

/// <summary>The clients behave as those of every AWS SDK.</summary>
public sealed class ClientTests
{
    private static readonly BasicAWSCredentials Key = new("AKIATEST", "secret");

    [Test]
    public async Task A_request_is_signed_and_carries_a_token_of_its_own()
    {
        await using var service = await WebService.StartAsync((_, http) => http.Response.WriteAsync("""{"experiment":{"id":"EXP1"}}"""));
        using var fis = Fis(service.Url);

        var first = await fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = "EXT1" });
        await fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = "EXT1" });

        Assert.That(first.Experiment.Id, Is.EqualTo("EXP1"));
        Assert.That(service.Requests.Select(request => request.Line), Is.All.EqualTo("POST /experiments"));
        Assert.That(service.Requests[0].Headers.Authorization.ToString(), Does.StartWith("AWS4-HMAC-SHA256 Credential=AKIATEST/").And.Contain("/us-east-1/fis/aws4_request"));
        Assert.That(service.Requests[0].Body, Does.Match("\"clientToken\":\"[-0-9a-f]{36}\"").And.Not.EqualTo(service.Requests[1].Body));
    }

    [Test]
    public async Task Paths_and_queries_are_encoded()
    {
        await using var service = await WebService.StartAsync((_, http) => http.Response.WriteAsync("{}"));
        using var fis = Fis(service.Url);

        await fis.UntagResourceAsync(new UntagResourceRequest { ResourceArn = "arn:aws:fis:us-east-1:1:experiment/a b", TagKeys = ["x", "y&z"] });

        Assert.That(service.Requests.Single().Line, Is.EqualTo("DELETE /tags/arn:aws:fis:us-east-1:1:experiment%2Fa%20b?tagKeys=x&tagKeys=y%26z"));
    }

    [Test]
    public void A_path_needs_what_stands_in_it() => Assert.That(
        async () =>
        {
            using var fis = Fis(new Uri("http://127.0.0.1:1"));
            await fis.GetExperimentAsync(new GetExperimentRequest());
        },
        Throws.TypeOf<AmazonClientException>().With.Message.Contains("id"));

    [Test]
    public async Task Throttled_calls_are_tried_again_with_the_same_token()
    {
        await using var service = await WebService.StartAsync(async (number, http) =>
        {
            if (number < 3)
            {
                http.Response.StatusCode = 429;
                http.Response.Headers["x-amzn-ErrorType"] = "ThrottlingException:http://internal.amazon.com/";
            }

            await http.Response.WriteAsync("{}");
        });
        using var fis = Fis(service.Url);

        await fis.StartExperimentAsync(new StartExperimentRequest { ExperimentTemplateId = "EXT1" });

        Assert.That(service.Requests, Has.Count.EqualTo(3));
        Assert.That(service.Requests.Select(request => request.Body).Distinct().Count(), Is.EqualTo(1));
    }

    [Test]
    public async Task Errors_are_exceptions_of_their_own()
    {
        await using var json = await WebService.StartAsync(async (_, http) =>
        {
            http.Response.StatusCode = 404;
            http.Response.Headers["x-amzn-RequestId"] = "r-1";
            await http.Response.WriteAsync("""{"__type":"com.amazonaws.fis#ResourceNotFoundException","message":"no such experiment"}""");
        });
        await using var xml = await WebService.StartAsync(async (_, http) =>
        {
            http.Response.StatusCode = 404;
            await http.Response.WriteAsync("<ErrorResponse><Error><Type>Sender</Type><Code>DBInstanceNotFound</Code><Message>gone</Message></Error><RequestId>r-2</RequestId></ErrorResponse>");
        });
        await using var unknown = await WebService.StartAsync(async (_, http) =>
        {
            http.Response.StatusCode = 418;
            await http.Response.WriteAsync("<html>a proxy's page</html>");
        });
        using var fis = Fis(json.Url);
        using var rds = new AmazonRDSClient(Key, new AmazonRDSConfig { ServiceURL = xml.Url.AbsoluteUri, AuthenticationRegion = "us-east-1" });
        using var broken = Fis(unknown.Url);

        Assert.That(() => fis.GetExperimentAsync(new GetExperimentRequest { Id = "EXP1" }), Throws.TypeOf<ResourceNotFoundException>()
            .With.Message.EqualTo("no such experiment").And.Property("RequestId").EqualTo("r-1").And.Property("ErrorCode").EqualTo("ResourceNotFoundException"));
        Assert.That(() => rds.DescribeDBInstancesAsync(new DescribeDBInstancesRequest()), Throws.TypeOf<DBInstanceNotFoundException>().With.Message.EqualTo("gone").And.Property("RequestId").EqualTo("r-2"));
        Assert.That(() => broken.ListActionsAsync(new ListActionsRequest()), Throws.TypeOf<AmazonFISException>().With.Message.Contains("418"));
    }

    [Test]
    public async Task A_call_can_be_cancelled()
    {
        var called = new TaskCompletionSource();
        await using var service = await WebService.StartAsync(async (_, http) =>
        {
            called.TrySetResult();
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        });
        using var fis = Fis(service.Url);
        using var cancel = new CancellationTokenSource();
        var call = fis.ListActionsAsync(new ListActionsRequest(), cancel.Token);
        await called.Task;
        await cancel.CancelAsync();

        Assert.That(() => call, Throws.InstanceOf<OperationCanceledException>());
    }

    [Test, NonParallelizable]
    public async Task The_environment_says_where_services_are()
    {
        await using var all = await WebService.StartAsync((_, http) => http.Response.WriteAsync("<R><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></R>"));
        await using var own = await WebService.StartAsync((_, http) => http.Response.WriteAsync("{}"));
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", all.Url.AbsoluteUri);
        Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_FIS", own.Url.AbsoluteUri);
        try
        {
            using var fis = new AmazonFISClient(Key, RegionEndpoint.EUCentral1);
            using var rds = new AmazonRDSClient(Key, RegionEndpoint.EUCentral1);
            await fis.ListActionsAsync(new ListActionsRequest());
            await rds.DescribeEventsAsync(new DescribeEventsRequest());
        }
        finally
        {
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL", null);
            Environment.SetEnvironmentVariable("AWS_ENDPOINT_URL_FIS", null);
        }

        Assert.That(own.Requests.Single().Headers.Authorization.ToString(), Does.Contain("/eu-central-1/fis/"));
        Assert.That(all.Requests.Single().Body, Does.Contain("Action=DescribeEvents").And.Contain("Version=2014-10-31"));
    }

    [TestCase("eu-central-1", false, false, "https://fis.eu-central-1.amazonaws.com")]
    [TestCase("us-east-1", true, false, "https://fis-fips.us-east-1.amazonaws.com")]
    [TestCase("us-east-1", false, true, "https://fis.us-east-1.api.aws")]
    [TestCase("cn-north-1", false, false, "https://fis.cn-north-1.amazonaws.com.cn")]
    public void Without_a_word_services_are_where_AWS_has_them(string region, bool fips, bool dualStack, string url)
    {
        var config = new AmazonFISConfig { RegionEndpoint = RegionEndpoint.GetBySystemName(region), UseFIPSEndpoint = fips, UseDualstackEndpoint = dualStack };

        Assert.That(config.DetermineServiceOperationEndpoint(new ServiceOperationEndpointParameters(new ListActionsRequest())).URL, Is.EqualTo(url));
    }

    private static AmazonFISClient Fis(Uri url) => new(Key, new AmazonFISConfig { ServiceURL = url.AbsoluteUri, AuthenticationRegion = "us-east-1" });
}
