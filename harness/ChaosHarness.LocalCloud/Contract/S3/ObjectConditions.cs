using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Requests that hold only where the object is as they say.</summary>
internal static class ObjectConditions
{
    private const string Get = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html";
    private const string Put = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html";
    private const string Yesterday = "Wed, 01 Jan 2020 00:00:00 GMT";
    private const string Tomorrow = "Tue, 01 Jan 2030 00:00:00 GMT";

    public static IEnumerable<ContractCase> Cases =>
    [
        Reads("s3-27", "An object with the ETag that is wanted is got: 200", "if-match", "{etag}", 200),
        Reads("s3-28", "An object with another ETag than is wanted is not got: `PreconditionFailed`, 412", "if-match", "\"another\"", 412),
        Reads("s3-29", "An object that the reader has is not sent again: 304", "if-none-match", "{etag}", 304),
        Reads("s3-30", "An object that the reader has otherwise is sent: 200", "if-none-match", "\"another\"", 200),
        Reads("s3-31", "An object that was changed since is sent: 200", "if-modified-since", Yesterday, 200),
        Reads("s3-32", "An object that was changed since is not what is wanted: `PreconditionFailed`, 412", "if-unmodified-since", Yesterday, 412),
        Reads("s3-33", "An object that was not changed since is what is wanted: 200", "if-unmodified-since", Tomorrow, 200),
        new("s3-34", "Of an object that the reader has the head is not sent either: 304", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html", ContractCost.Objects, async account =>
        {
            var (bucket, etag) = await ThereAsync(account, "head");
            (await CallAsync(account, "HEAD", bucket, "head", "if-none-match", etag)).IsDone(304);
        }),
        new("s3-35", "With `If-None-Match: *` an object is put where none is, and not where one is: `PreconditionFailed`, 412", Put, ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            (await CallAsync(account, "PUT", bucket, "first-wins", "if-none-match", "*")).IsDone();
            (await CallAsync(account, "PUT", bucket, "first-wins", "if-none-match", "*")).IsRefused("PreconditionFailed", 412);
        }),
        new("s3-36", "With `If-Match` an object is put over the one that is meant, and over no other: `PreconditionFailed`, 412", Put, ContractCost.Objects, async account =>
        {
            var (bucket, etag) = await ThereAsync(account, "meant");
            (await CallAsync(account, "PUT", bucket, "meant", "if-match", "\"another\"")).IsRefused("PreconditionFailed", 412);
            (await CallAsync(account, "PUT", bucket, "meant", "if-match", etag)).IsDone();
        }),
        new("s3-37", "With `If-Match` an object is not put where none is: `NoSuchKey`, 404", Put, ContractCost.Objects, async account =>
            (await CallAsync(account, "PUT", await OneBucket.NameAsync(account), "never-there", "if-match", "\"any\"")).IsRefused("NoSuchKey", 404)),
    ];

    private static ContractCase Reads(string id, string behaviour, string header, string value, int status) => new(id, $"{behaviour} (`{header}`)", Get, ContractCost.Objects, async account =>
    {
        var (bucket, etag) = await ThereAsync(account, id);
        (await CallAsync(account, "GET", bucket, id, header, value.Replace("{etag}", etag, StringComparison.Ordinal))).IsDone(status);
    });

    private static async Task<(string Bucket, string ETag)> ThereAsync(ContractAccount account, string key)
    {
        var bucket = await OneBucket.NameAsync(account);
        return (bucket, (await MadeBuckets.PutAsync(account, bucket, key, "tea")).ETag);
    }

    private static Task<RawAnswer> CallAsync(ContractAccount account, string method, string bucket, string key, string header, string value) =>
        new RawCall("s3", method, $"/{bucket}/{key}") { Body = method == "PUT" ? "tea" : "", Headers = new Dictionary<string, string> { [header] = value } }.SendAsync(account);
}
