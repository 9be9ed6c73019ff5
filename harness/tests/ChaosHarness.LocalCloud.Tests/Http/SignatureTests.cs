using System.Net;
using System.Text;
using Amazon.EC2;
using Amazon.EC2.Model;
using Amazon.FIS;
using Amazon.FIS.Model;
using Amazon.RDS;
using Amazon.RDS.Model;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;

namespace ChaosHarness.LocalCloud.Tests.Http;

/// <summary>Who may call the cloud: nobody whose signature does not fit, each with the code that AWS has for it.</summary>
public sealed class SignatureTests : CloudTests
{
    private static readonly CloudCredential Expired = new("AKIAEXPIRED", "gone", "user/late") { Expires = DateTimeOffset.UtcNow.AddMinutes(-1) };

    private static readonly CloudCredential Stranger = new("AKIASTRANGER", "other", "user/stranger") { AccountId = "999999999999" };

    protected override LocalCloudOptions Options => base.Options with { Credentials = [CloudCredential.Administrator, Expired, Stranger] };

    [TestCase("AKIANOBODY", "localcloud", "InvalidClientTokenId", "AuthFailure", "UnrecognizedClientException", "InvalidAccessKeyId")]
    [TestCase("AKIALOCALCLOUD000000", "wrong", "SignatureDoesNotMatch", "AuthFailure", "InvalidSignatureException", "SignatureDoesNotMatch")]
    [TestCase("AKIAEXPIRED", "gone", "ExpiredToken", "ExpiredToken", "ExpiredTokenException", "ExpiredToken")]
    public void Keys_that_do_not_fit_are_refused_in_each_services_words(string key, string secret, string query, string ec2, string json, string s3)
    {
        using var account = AccountOf(Cloud, new BasicAWSCredentials(key, secret));

        Assert.That(() => account.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()), Throws.InstanceOf<AmazonSecurityTokenServiceException>().With.Property("ErrorCode").EqualTo(query));
        Assert.That(() => account.Rds.DescribeEventsAsync(new DescribeEventsRequest()), Throws.InstanceOf<AmazonRDSException>().With.Property("ErrorCode").EqualTo(query));
        Assert.That(() => account.Ec2.DescribeInstancesAsync(new DescribeInstancesRequest()), Throws.InstanceOf<AmazonEC2Exception>().With.Property("ErrorCode").EqualTo(ec2));
        Assert.That(() => account.Fis.ListActionsAsync(new ListActionsRequest()), Throws.InstanceOf<AmazonFISException>().With.Property("ErrorCode").EqualTo(json));
        Assert.That(() => account.S3.ListBucketsAsync(new ListBucketsRequest()), Throws.InstanceOf<AmazonS3Exception>().With.Property("ErrorCode").EqualTo(s3));
    }

    [Test]
    public async Task A_key_belongs_to_an_account_and_a_name()
    {
        using var stranger = AccountOf(Cloud, new BasicAWSCredentials(Stranger.AccessKeyId, Stranger.SecretKey));
        var caller = await stranger.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest());

        Assert.That((caller.Account, caller.Arn), Is.EqualTo(("999999999999", "arn:aws:iam::999999999999:user/stranger")));
        Assert.That(await stranger.WhyRefusedAsync(default), Does.StartWith("account 999999999999"));
    }

    [Test]
    public async Task A_role_is_taken_on_with_keys_that_need_their_token()
    {
        var assumed = (await Account.Sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = "arn:aws:iam::000000000000:role/x/Operator", RoleSessionName = "me" })).Credentials;
        using var role = AccountOf(Cloud, new SessionAWSCredentials(assumed.AccessKeyId, assumed.SecretAccessKey, assumed.SessionToken));
        using var withoutToken = AccountOf(Cloud, new BasicAWSCredentials(assumed.AccessKeyId, assumed.SecretAccessKey));

        Assert.That((await role.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest())).Arn, Is.EqualTo("arn:aws:sts::000000000000:assumed-role/Operator/me"));
        Assert.That(() => withoutToken.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()), Throws.InstanceOf<AmazonSecurityTokenServiceException>().With.Property("ErrorCode").EqualTo("InvalidClientTokenId"));
        Assert.That(() => Account.Sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = "arn:aws:iam::1:user/x", RoleSessionName = "me" }), Throws.InstanceOf<AmazonSecurityTokenServiceException>().With.Property("ErrorCode").EqualTo("ValidationError"));
    }

    [Test]
    public async Task A_request_without_a_signature_is_refused()
    {
        var (status, body) = await SendAsync(new HttpRequestMessage(HttpMethod.Get, Cloud.Url));

        Assert.That((status, body), Is.EqualTo((HttpStatusCode.Forbidden, body)));
        Assert.That(body, Does.Contain("<Code>MissingAuthenticationToken</Code>").And.Contain("<RequestId>"));
    }

    [Test]
    public async Task A_clock_that_is_off_is_noticed()
    {
        var (status, body) = await SendAsync(Signed("Action=GetCallerIdentity&Version=2011-06-15", DateTime.UtcNow.AddMinutes(-20)));

        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
        Assert.That(body, Does.Contain("<Code>SignatureDoesNotMatch</Code>").And.Contain("Signature expired"));
    }

    [Test]
    public async Task A_body_that_was_changed_on_the_way_is_noticed()
    {
        var request = Signed("Action=GetCallerIdentity&Version=2011-06-15", DateTime.UtcNow);
        var (right, _) = await SendAsync(request);
        var changed = Signed("Action=GetCallerIdentity&Version=2011-06-15", DateTime.UtcNow);
        changed.Content = Form("Action=AssumeRole&Version=2011-06-15");
        var (wrong, _) = await SendAsync(changed);

        Assert.That((right, wrong), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.Forbidden)));
    }

    [TestCase("")]
    [TestCase("AWS4-HMAC-SHA256 ")]
    [TestCase("AWS4-HMAC-SHA256 Credential=a/b/c, SignedHeaders=host, Signature=00")]
    [TestCase("AWS4-HMAC-SHA256 Credential=AKIALOCALCLOUD000000/20260101/us-east-1/sts/aws4_request, SignedHeaders=, Signature=")]
    [TestCase("AWS4-HMAC-SHA256 Credential=AKIALOCALCLOUD000000/20260101/us-east-1/nothing/aws4_request, SignedHeaders=host, Signature=00")]
    [TestCase("Basic YTpi")]
    public async Task Odd_headers_are_refused_and_nothing_breaks(string authorization)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Cloud.Url);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        var (status, _) = await SendAsync(request);

        Assert.That(status, Is.EqualTo(HttpStatusCode.Forbidden));
    }

    private static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpRequestMessage request)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        using var response = await http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    // Signed here and not by an SDK, which would correct the clock.
    private HttpRequestMessage Signed(string body, DateTime at)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Cloud.Url) { Content = Form(body) };
        var stamp = at.ToString("yyyyMMdd'T'HHmmss'Z'", System.Globalization.CultureInfo.InvariantCulture);
        request.Headers.Add("X-Amz-Date", stamp);
        request.Headers.TryAddWithoutValidation("Authorization", TestSigner.Sign("POST", "/", "", new Dictionary<string, string> { ["host"] = Cloud.Url.Authority, ["x-amz-date"] = stamp }, body, stamp, Cloud.Options.Region, "sts", CloudCredential.Administrator));
        return request;
    }

    private static StringContent Form(string body) => new(body, Encoding.UTF8, "application/x-www-form-urlencoded");
}
