using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>URLs that carry their signature.</summary>
internal static class PresignedUrls
{
    private const string Source = "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html";
    private const string Using = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("s3-79", "An object is got by its URL", Using, ContractCost.Objects, async account =>
        {
            var got = await (await ForAsync(account, "GET", "url-got")).UseAsync(account);
            got.IsDone();
            Claim.Same("the content", "tea", got.Body);
        }),
        new("s3-80", "An object is put by its URL", Using, ContractCost.Objects, async account =>
        {
            (await (await ForAsync(account, "PUT", "url-put")).UseAsync(account, "biscuits")).IsDone();
            Claim.Same("the content", "biscuits", await MadeBuckets.GetAsync(account, await OneBucket.NameAsync(account), "url-put"));
        }),
        new("s3-81", "A URL that has expired is refused: `AccessDenied`, 403", Using, ContractCost.Objects, async account =>
            (await (await ForAsync(account, "GET", "url-old") with { SignedAgo = TimeSpan.FromMinutes(2) }).UseAsync(account)).IsRefused("AccessDenied", 403)),
        new("s3-82", "A URL that was changed is refused: `SignatureDoesNotMatch`, 403", Source, ContractCost.Objects, async account =>
            (await (await ForAsync(account, "GET", "url-changed")).UseAsync(account, change: url => url.Replace("url-changed", "url-got", StringComparison.Ordinal))).IsRefused("SignatureDoesNotMatch", 403)),
        new("s3-83", "A URL whose time was made longer is refused: `SignatureDoesNotMatch`, 403", Source, ContractCost.Objects, async account =>
            (await (await ForAsync(account, "GET", "url-longer")).UseAsync(account, change: url => url.Replace("X-Amz-Expires=60", "X-Amz-Expires=600", StringComparison.Ordinal))).IsRefused("SignatureDoesNotMatch", 403)),
        new("s3-84", "A URL for one method is none for another: `SignatureDoesNotMatch`, 403", Source, ContractCost.Objects, async account =>
            (await (await ForAsync(account, "GET", "url-method")).UseAsync(account, "x", "PUT")).IsRefused("SignatureDoesNotMatch", 403)),
        Refused("s3-85", "A URL holds for seven days at most", "604801"),
        Refused("s3-86", "A URL holds for at least a second", "0"),
        Refused("s3-87", "A URL holds for a number of seconds", "soon"),
        new("s3-88", "A URL without its signature is refused", Source, ContractCost.Objects, async account =>
        {
            var answer = await (await ForAsync(account, "GET", "url-bare")).UseAsync(account, change: url => url[..url.IndexOf("&X-Amz-Signature", StringComparison.Ordinal)]);
            Claim.That("it is refused", answer.Status is 400 or 403, answer.Status);
        }),
    ];

    private static ContractCase Refused(string id, string behaviour, string expires) => new(id, $"{behaviour}: `AuthorizationQueryParametersError`, 400", Source, ContractCost.Nothing, async account =>
        (await (await ForAsync(account, "GET", "url-expires") with { Expires = expires }).UseAsync(account)).IsRefused("AuthorizationQueryParametersError", 400));

    private static async Task<PresignedUrl> ForAsync(ContractAccount account, string method, string key)
    {
        var bucket = await OneBucket.NameAsync(account);
        await MadeBuckets.PutAsync(account, bucket, key, "tea");
        return new PresignedUrl(method, $"/{bucket}/{key}");
    }
}
