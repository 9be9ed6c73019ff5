using System.Net.Sockets;
using Amazon.Runtime;
using Amazon.SecurityToken.Model;

namespace ChaosHarness.Aws.Accounts;

/// <summary>Finds out who the caller is and whether the policy lets anything be broken there, and says it in words that help.</summary>
internal static class AccountCheck
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public static async Task<string?> WhyRefusedAsync(AwsAccount account, CancellationToken cancellationToken) =>
        (await LookAsync(account, cancellationToken).ConfigureAwait(false)).Refusal;

    /// <returns>Why nothing may be broken, or else in which account.</returns>
    public static async Task<(string? Refusal, string AccountId)> LookAsync(AwsAccount account, CancellationToken cancellationToken)
    {
        var policy = account.Policy;
        if (!policy.AllowedRegions.Contains(account.Region, StringComparer.Ordinal))
        {
            return ($"region {account.Region} is not among the allowed ones: {Listed(policy.AllowedRegions)}", "");
        }

        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(Patience);
            var caller = await account.Sts.GetCallerIdentityAsync(new GetCallerIdentityRequest(), limit.Token).ConfigureAwait(false);
            return policy.AllowedAccounts.Contains(caller.Account, StringComparer.Ordinal)
                ? (null, caller.Account)
                : ($"account {caller.Account} ({caller.Arn}) is not among the allowed ones: {Listed(policy.AllowedAccounts)}", caller.Account);
        }
        catch (Exception exception) when (Explain(exception, account, cancellationToken) is not null)
        {
            return (Explain(exception, account, cancellationToken), "");
        }
    }

    /// <summary>What is wrong, for people; null for what the harness itself has to answer for.</summary>
    public static string? Explain(Exception exception, AwsAccount account, CancellationToken cancellationToken) => exception switch
    {
        _ when cancellationToken.IsCancellationRequested => null,
        AmazonServiceException { ErrorCode: "ExpiredToken" or "ExpiredTokenException" or "RequestExpired" } => $"the AWS credentials have expired: {exception.Message}. Sign in again",
        AmazonServiceException { ErrorCode: "InvalidClientTokenId" or "UnrecognizedClientException" or "AuthFailure" or "SignatureDoesNotMatch" or "InvalidSignatureException" } => $"AWS does not accept the credentials: {exception.Message}",
        AmazonServiceException { ErrorCode: "AccessDenied" or "AccessDeniedException" or "UnauthorizedOperation" } => $"AWS does not permit this to the caller: {exception.Message}. docs/aws.md lists the permissions that are needed",
        AmazonServiceException { ErrorCode: { } code } service => $"AWS refused with {code}: {service.Message}",
        OperationCanceledException or TimeoutException => $"{Place(account)} did not answer within {LongestOf(account).TotalSeconds:0} s",
        _ when Inner(exception).Any(inner => inner is HttpRequestException or SocketException) => $"{Place(account)} cannot be reached: {Inner(exception).Last().Message}",
        AmazonClientException => $"there are no AWS credentials: {exception.Message} Set a profile, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
        _ => null,
    };

    // All tries of a call, or the patience here.
    private static TimeSpan LongestOf(AwsAccount account) => account.CallTimeout * (account.MaximumRetries + 1) is var tries && tries < Patience ? tries : Patience;

    private static string Place(AwsAccount account) => account.Endpoint is { } endpoint ? $"the AWS endpoint {endpoint}" : $"AWS in {account.Region}";

    private static string Listed(IReadOnlyList<string> names) => names.Count == 0 ? "there are none" : string.Join(", ", names);

    private static IEnumerable<Exception> Inner(Exception exception)
    {
        for (var inner = exception; inner is not null; inner = inner.InnerException)
        {
            yield return inner;
        }
    }
}
