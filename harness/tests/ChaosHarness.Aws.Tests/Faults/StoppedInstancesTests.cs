using System.Net;
using System.Text.RegularExpressions;
using Amazon;
using Amazon.EC2;
using Amazon.Runtime;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Faults;
using ChaosHarness.Aws.Tests.Clients;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.Aws.Tests.Faults;

/// <summary>Instances that were left stopped are started, whatever becomes of others meanwhile.</summary>
public sealed partial class StoppedInstancesTests
{
    private readonly Dictionary<string, string> _states = [];

    // What becomes of an instance when it is to be started, after it was looked at.
    private readonly Dictionary<string, string> _meanwhile = [];

    [SetUp]
    public void Reset()
    {
        _states.Clear();
        _meanwhile.Clear();
    }

    [TestCase("terminated")]
    [TestCase("gone")]
    public async Task One_that_ends_between_the_look_and_the_start_keeps_no_other_from_starting(string end)
    {
        (_states["i-a"], _states["i-b"], _states["i-c"]) = ("stopped", "stopped", "stopping");
        _meanwhile["i-b"] = end;
        await StartAsync("i-a", "i-b", "i-c", "i-never");
        await StartAsync("i-a", "i-b", "i-c", "i-never");

        Assert.That(_states.Where(instance => instance.Value == "running").Select(instance => instance.Key), Is.EquivalentTo(new[] { "i-a", "i-c" }));
    }

    [Test]
    public void Another_refusal_is_no_reason_to_go_on()
    {
        _states["i-a"] = "stopped";
        _meanwhile["i-a"] = "forbidden";

        Assert.That(() => StartAsync("i-a"), Throws.InstanceOf<AmazonEC2Exception>().With.Property("ErrorCode").EqualTo("UnauthorizedOperation"));
    }

    private async Task StartAsync(params IReadOnlyList<string> ids)
    {
        WebService? answering = null;
        await using var ec2 = answering = await WebService.StartAsync(async (number, http) =>
        {
            var body = WebUtility.UrlDecode(answering!.Requests[number - 1].Body);
            var (status, answer) = body.Contains("Action=StartInstances", StringComparison.Ordinal) ? Start([.. Ids().Matches(body).Select(id => id.Value)]) : (200, Describe());
            http.Response.StatusCode = status;
            await http.Response.WriteAsync(answer);
        });
        using var account = new AwsAccount(RegionEndpoint.USEast1, new BasicAWSCredentials("AKIATEST", "secret"), ec2.Url) { MaximumRetries = 0, PollInterval = TimeSpan.FromMilliseconds(10) };
        await StoppedInstances.StartAsync(account, ids, default);
    }

    private string Describe()
    {
        var answer = $"""<DescribeInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><reservationSet><item><instancesSet>{string.Concat(_states.Select(instance => $"<item><instanceId>{instance.Key}</instanceId><instanceState><name>{instance.Value}</name></instanceState></item>"))}</instancesSet></item></reservationSet></DescribeInstancesResponse>""";
        foreach (var id in _states.Keys.Where(id => _states[id] == "stopping").ToList())
        {
            _states[id] = "stopped";
        }

        return answer;
    }

    private (int Status, string Answer) Start(List<string> ids)
    {
        foreach (var id in ids.Where(_meanwhile.ContainsKey))
        {
            if (_meanwhile[id] == "gone")
            {
                _states.Remove(id);
                return Error("InvalidInstanceID.NotFound");
            }

            if (_meanwhile[id] == "forbidden")
            {
                return Error("UnauthorizedOperation");
            }

            _states[id] = _meanwhile[id];
            return Error("IncorrectInstanceState");
        }

        ids.ForEach(id => _states[id] = "running");
        return (200, """<StartInstancesResponse xmlns="http://ec2.amazonaws.com/doc/2016-11-15/"><instancesSet/></StartInstancesResponse>""");
    }

    private static (int Status, string Answer) Error(string code) => (400, $"<Response><Errors><Error><Code>{code}</Code><Message>it cannot be started</Message></Error></Errors><RequestID>1</RequestID></Response>");

    [GeneratedRegex("i-[a-z]+(?=&|$)")]
    private static partial Regex Ids();
}
