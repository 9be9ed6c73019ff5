using Amazon;
using Amazon.Runtime;
using ChaosHarness.Aws.Accounts;
using ChaosHarness.Aws.Tests.Clients;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.Aws.Tests.Accounts;

/// <summary>Why nothing may be broken in an account, in words that help.</summary>
public sealed class AccountCheckTests
{
    private static readonly BasicAWSCredentials Key = new("AKIATEST", "secret");

    private static readonly AwsPolicy Policy = new() { AllowedAccounts = ["111122223333"], AllowedRegions = ["us-east-1"] };

    [Test]
    public async Task Nothing_is_allowed_unless_it_was_said()
    {
        using var account = new AwsAccount(RegionEndpoint.USEast1, Key, new Uri("http://127.0.0.1:1"));

        Assert.That(await account.WhyRefusedAsync(default), Is.EqualTo("region us-east-1 is not among the allowed ones: there are none"));
    }

    [Test]
    public async Task The_account_of_the_caller_has_to_be_allowed()
    {
        await using var sts = await StsAsync(200, "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::999:user/x</Arn><UserId>U</UserId><Account>999</Account></GetCallerIdentityResult></GetCallerIdentityResponse>");
        using var account = new AwsAccount(RegionEndpoint.USEast1, Key, sts.Url) { Policy = Policy };
        using var allowed = new AwsAccount(RegionEndpoint.USEast1, Key, sts.Url) { Policy = Policy with { AllowedAccounts = ["999"] } };

        Assert.That(await account.WhyRefusedAsync(default), Is.EqualTo("account 999 (arn:aws:iam::999:user/x) is not among the allowed ones: 111122223333"));
        Assert.That(await allowed.WhyRefusedAsync(default), Is.Null);
    }

    [TestCase("ExpiredToken", "have expired")]
    [TestCase("InvalidClientTokenId", "does not accept the credentials")]
    [TestCase("SignatureDoesNotMatch", "does not accept the credentials")]
    [TestCase("AccessDenied", "does not permit this")]
    [TestCase("Mystery", "refused with Mystery")]
    public async Task What_AWS_says_is_explained(string code, string part)
    {
        await using var sts = await StsAsync(403, $"<ErrorResponse><Error><Type>Sender</Type><Code>{code}</Code><Message>said so</Message></Error><RequestId>1</RequestId></ErrorResponse>");
        using var account = new AwsAccount(RegionEndpoint.USEast1, Key, sts.Url) { Policy = Policy, MaximumRetries = 0 };

        Assert.That(await account.WhyRefusedAsync(default), Does.Contain(part).And.Contain("said so"));
    }

    [Test]
    public async Task An_endpoint_where_nobody_is_is_named()
    {
        using var account = new AwsAccount(RegionEndpoint.USEast1, Key, new Uri("http://127.0.0.1:1")) { Policy = Policy, MaximumRetries = 0 };

        Assert.That(await account.WhyRefusedAsync(default), Does.StartWith("the AWS endpoint http://127.0.0.1:1/ cannot be reached"));
    }

    [Test]
    public void Without_credentials_it_says_how_to_get_some()
    {
        using var account = new AwsAccount(RegionEndpoint.USEast1, Key, new Uri("http://127.0.0.1:1"));

        Assert.That(AccountCheck.Explain(new AmazonClientException("Failed to resolve AWS credentials."), account, default), Does.StartWith("there are no AWS credentials").And.Contain("AWS_ACCESS_KEY_ID"));
    }

    [Test]
    public void A_halt_is_no_refusal()
    {
        using var account = new AwsAccount(RegionEndpoint.USEast1, Key, new Uri("http://127.0.0.1:1"));

        Assert.That(AccountCheck.Explain(new OperationCanceledException(), account, new CancellationToken(canceled: true)), Is.Null);
        Assert.That(AccountCheck.Explain(new OperationCanceledException(), account, default), Does.Contain("did not answer"));
        Assert.That(AccountCheck.Explain(new InvalidOperationException(), account, default), Is.Null, "a mistake of ours is not explained away");
    }

    private static Task<WebService> StsAsync(int status, string body) => WebService.StartAsync(async (_, http) =>
    {
        http.Response.StatusCode = status;
        await http.Response.WriteAsync(body);
    });
}
