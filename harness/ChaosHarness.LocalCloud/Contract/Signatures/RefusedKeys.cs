using System.Globalization;
using ChaosHarness.LocalCloud.Contract.Calls;

namespace ChaosHarness.LocalCloud.Contract.Signatures;

/// <summary>Keys, clocks and scopes that do not fit, in the words of each service.</summary>
internal static class RefusedKeys
{
    private const string Source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-troubleshooting.html";
    private static readonly Words Query = new("InvalidClientTokenId 403", "SignatureDoesNotMatch 403", "SignatureDoesNotMatch 403", "SignatureDoesNotMatch 403", "SignatureDoesNotMatch 403");

    private static readonly (string Service, string Source, RawCall Call, Words Words)[] Services =
    [
        ("asg", Source, RawCall.Action("autoscaling", "DescribeAutoScalingGroups", "2011-01-01"), Query),
        ("cw", Source, RawCall.Action("monitoring", "DescribeAlarms", "2010-08-01"), Query),
        ("ec2", "https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-error-codes.html", RawCall.Action("ec2", "DescribeSubnets", "2016-11-15"), new("AuthFailure 401", "AuthFailure 401", "RequestExpired 400", "AuthFailure 401", "AuthFailure 401")),
        ("elb", Source, RawCall.Action("elasticloadbalancing", "DescribeLoadBalancers", "2015-12-01"), Query),
        ("fis", Source, new RawCall("fis", "GET", "/actions"), new("UnrecognizedClientException 403", "InvalidSignatureException 403", "InvalidSignatureException 403", "InvalidSignatureException 403", "InvalidSignatureException 403")),
        ("rds", Source, RawCall.Action("rds", "DescribeEvents", "2014-10-31"), Query),
        ("s3", "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html", new RawCall("s3", "GET", "/"), new("InvalidAccessKeyId 403", "SignatureDoesNotMatch 403", "RequestTimeTooSkewed 403", "AuthorizationHeaderMalformed 400", "AuthorizationHeaderMalformed 400")),
        ("sts", Source, RawCall.Action("sts", "GetCallerIdentity", "2011-06-15"), Query),
    ];

    public static IEnumerable<ContractCase> Cases => Services.SelectMany(service => new[]
    {
        Case(service.Service + "-91", "A key that nobody has is refused", service.Source, service.Call with { AccessKey = "AKIAIOSFODNN7NOBODY0" }, service.Words.UnknownKey),
        Case(service.Service + "-92", "A request that was signed with another secret is refused", service.Source, service.Call with { Secret = "wJalrXUtnFEMI/K7MDENG/another" }, service.Words.WrongSecret),
        Case(service.Service + "-93", "A request that was signed twenty minutes ago is refused", service.Source, service.Call with { ClockOff = TimeSpan.FromMinutes(-20) }, service.Words.OldClock),
        Case(service.Service + "-94", "A signature for another region is refused", service.Source, service.Call with { ScopeRegion = "mars-north-1" }, service.Words.OtherRegion),
        Case(service.Service + "-95", "A signature whose scope has another day than its time is refused", service.Source, service.Call with { ScopeDate = "20200101" }, service.Words.OtherDay),
    });

    private static ContractCase Case(string id, string behaviour, string source, RawCall call, string refusal) => new(id, $"{behaviour}: `{refusal.Split(' ')[0]}`, {refusal.Split(' ')[1]}", source, ContractCost.Nothing, async account =>
        (await call.SendAsync(account)).IsRefused(refusal.Split(' ')[0], int.Parse(refusal.Split(' ')[1], CultureInfo.InvariantCulture)));

    private sealed record Words(string UnknownKey, string WrongSecret, string OldClock, string OtherRegion, string OtherDay);
}
