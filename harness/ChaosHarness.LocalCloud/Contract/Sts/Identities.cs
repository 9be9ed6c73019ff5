using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;
using ChaosHarness.Aws.Accounts;

namespace ChaosHarness.LocalCloud.Contract.Sts;

/// <summary>Who the caller is, and roles that are taken on.</summary>
internal static class Identities
{
    private const string WhoAmI = "https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html";
    private const string Assume = "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html";

    // No constants: the analyzers of the SDK know the limits too.
    private static readonly int Shortest = 900;
    private static readonly int Longest = 43_200;

    public static IEnumerable<ContractCase> Cases =>
    [
        new("sts-01", "The caller is told its account, its ARN and its id", WhoAmI, ContractCost.Nothing, async account =>
        {
            var caller = await account.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest());
            Claim.That("the account has twelve digits", caller.Account.Length == 12, caller.Account);
            Claim.That("the ARN is of that account", caller.Arn.Contains($"::{caller.Account}:", StringComparison.Ordinal), caller.Arn);
            Claim.That("there is an id", caller.UserId.Length > 0);
        }),
        new("sts-02", "A role is taken on with keys that begin with `ASIA`, a token, and a time at which they expire, an hour later by default", Assume, ContractCost.Nothing, async account =>
        {
            var assumed = (await AssumeAsync(account)).Credentials;
            Claim.That("the key is a temporary one", assumed.AccessKeyId.StartsWith("ASIA", StringComparison.Ordinal), assumed.AccessKeyId);
            Claim.That("there is a token", assumed.SessionToken.Length > 0);
            Claim.That("they last an hour", Math.Abs((assumed.Expiration!.Value.ToUniversalTime() - DateTime.UtcNow).TotalMinutes - 60) < 2, assumed.Expiration);
        }),
        new("sts-03", "Whoever has taken a role on is `assumed-role/ROLE/SESSION`", Assume, ContractCost.Nothing, async account =>
        {
            var assumed = (await AssumeAsync(account)).Credentials;
            using var role = As(account, new SessionAWSCredentials(assumed.AccessKeyId, assumed.SecretAccessKey, assumed.SessionToken));
            var caller = await role.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest());
            Claim.That("the ARN names role and session", caller.Arn.EndsWith($":assumed-role/{account.RoleArn[(account.RoleArn.LastIndexOf('/') + 1)..]}/contract", StringComparison.Ordinal), caller.Arn);
        }),
        new("sts-04", "Temporary keys without their token are refused: `InvalidClientTokenId`, 403", Assume, ContractCost.Nothing, async account =>
        {
            var assumed = (await AssumeAsync(account)).Credentials;
            using var bare = As(account, new BasicAWSCredentials(assumed.AccessKeyId, assumed.SecretAccessKey));
            await Claim.RefusedAsync("InvalidClientTokenId", () => bare.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest()), HttpStatusCode.Forbidden);
        }),
        Refused("sts-05", "A role that is no role is refused", request => request.RoleArn = "arn:aws:iam::123456789012:user/somebody", "ValidationError"),
        Refused("sts-06", "The name of a session has 2 to 64 letters, digits and `_=,.@-`", request => request.RoleSessionName = string.Join(' ', "two", "words"), "ValidationError"),
        Refused("sts-07", "A session lasts at least 900 s", request => request.DurationSeconds = Shortest - 1, "ValidationError"),
        Refused("sts-08", "A session lasts at most 12 hours", request => request.DurationSeconds = Longest + 1, "ValidationError"),
        Refused("sts-09", "A session has to have a name", request => request.RoleSessionName = null, "ValidationError|MissingParameter"),
        new("sts-10", "A role that was taken on takes on another for an hour at most", Assume, ContractCost.Nothing, async account =>
        {
            var assumed = (await AssumeAsync(account)).Credentials;
            using var role = As(account, new SessionAWSCredentials(assumed.AccessKeyId, assumed.SecretAccessKey, assumed.SessionToken));
            await Claim.RefusedAsync("ValidationError", () => role.Sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = account.RoleArn, RoleSessionName = "chained", DurationSeconds = 7200 }));
        }),
    ];

    private static ContractCase Refused(string id, string behaviour, Action<AssumeRoleRequest> change, string code) => new(id, $"{behaviour}: `{code.Replace("|", "` or `", StringComparison.Ordinal)}`, 400", Assume, ContractCost.Nothing, async account =>
    {
        var request = new AssumeRoleRequest { RoleArn = account.RoleArn, RoleSessionName = "contract" };
        change(request);
        await Claim.RefusedAsync(code, () => account.Sts.AssumeRoleAsync(request));
    });

    private static Task<AssumeRoleResponse> AssumeAsync(ContractAccount account) => account.Sts.AssumeRoleAsync(new AssumeRoleRequest { RoleArn = account.RoleArn, RoleSessionName = "contract" });

    private static AwsAccount As(ContractAccount account, AWSCredentials credentials) => new(RegionEndpoint.GetBySystemName(account.Account.Region), credentials, account.Account.Endpoint) { MaximumRetries = 0 };
}
