using ChaosHarness.LocalCloud.Contract.Calls;

namespace ChaosHarness.LocalCloud.Contract.Signatures;

/// <summary>What of a request a signature covers.</summary>
internal static class SignedParts
{
    private const string Source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html";
    private static readonly RawCall WhoAmI = RawCall.Action("sts", "GetCallerIdentity", "2011-06-15");

    public static IEnumerable<ContractCase> Cases =>
    [
        new("sts-81", "A request that is signed as documented is answered", Source, ContractCost.Nothing, async account =>
            (await WhoAmI.SendAsync(account)).IsDone()),
        new("sts-82", "A body that was changed after it was signed is refused: `SignatureDoesNotMatch`, 403", Source, ContractCost.Nothing, async account =>
            (await (WhoAmI with { SentBody = WhoAmI.Body + "&X=1" }).SendAsync(account)).IsRefused("SignatureDoesNotMatch", 403)),
        new("sts-83", "The host has to be among the signed headers: `SignatureDoesNotMatch`, 403", Source, ContractCost.Nothing, async account =>
            (await (WhoAmI with { SignsHost = false }).SendAsync(account)).IsRefused("SignatureDoesNotMatch", 403)),
        new("sts-84", "A request without a signature is refused: `MissingAuthenticationToken`, 403", "https://docs.aws.amazon.com/STS/latest/APIReference/CommonErrors.html", ContractCost.Nothing, async account =>
        {
            var url = account.Account.Endpoint ?? new Uri($"https://sts.{account.Account.Region}.amazonaws.com");
            (await RawAnswer.OfAsync("POST", url, WhoAmI.Body, WhoAmI.Headers)).IsRefused("MissingAuthenticationToken", 403);
        }),
        new("fis-81", "An answer of FIS that is an error names its type in a header, and is JSON", "https://docs.aws.amazon.com/fis/latest/APIReference/API_GetExperiment.html", ContractCost.Nothing, async account =>
        {
            var answer = await new RawCall("fis", "GET", "/experiments/EXPnone").SendAsync(account);
            answer.IsRefused("ResourceNotFoundException", 404);
            Claim.That("the body is JSON with a message", answer.Body.Contains("\"message\"", StringComparison.Ordinal), answer.Body);
        }),
        new("rds-81", "An answer of RDS that is an error has its type, code and message, and a request id", "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/CommonErrors.html", ContractCost.Nothing, async account =>
        {
            var answer = await RawCall.Action("rds", "DescribeDBInstances", "2014-10-31", "&DBInstanceIdentifier=nobody").SendAsync(account);
            answer.IsRefused("DBInstanceNotFound", 404);
            Claim.That("it says who erred", answer.Body.Contains("<Type>Sender</Type>", StringComparison.Ordinal) && answer.Body.Contains("<RequestId>", StringComparison.Ordinal), answer.Body);
        }),
    ];
}
