using System.Net;
using Amazon.S3.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Objects: put, got, in part, deleted.</summary>
internal static class ObjectCases
{
    private const string Get = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html";
    private const string Put = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("s3-14", "The ETag of an object is the MD5 of its content, in quotes, for who puts it and for who gets it", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html", ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            var put = await MadeBuckets.PutAsync(account, bucket, "etag", "tea");
            Claim.Same("the ETag", "\"3b14d1b20f1b41baefd6ce9bd31e7df0\"".Length, put.ETag.Length);
            Claim.Same("the ETag of the object", put.ETag, (await account.S3.GetObjectMetadataAsync(bucket, "etag")).ETag);
        }),
        new("s3-15", "An object keeps its type and its metadata", Put, ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await account.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = "meta", ContentBody = "tea", ContentType = "text/tea", Metadata = { ["owner"] = "shop" } });
            var got = await account.S3.GetObjectMetadataAsync(bucket, "meta");
            Claim.Same("type and metadata", ("text/tea", "shop"), (got.Headers.ContentType, got.Metadata["owner"]));
        }),
        new("s3-16", "A key may hold spaces, signs and letters of any script", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html", ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await MadeBuckets.PutAsync(account, bucket, "a folder/tea & \u8336+.txt", "tea");
            Claim.Same("the content", "tea", await MadeBuckets.GetAsync(account, bucket, "a folder/tea & \u8336+.txt"));
        }),
        new("s3-17", "A key of more than 1024 bytes is refused: `KeyTooLongError`, 400", "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html", ContractCost.Nothing, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await Claim.RefusedAsync("KeyTooLongError", () => MadeBuckets.PutAsync(account, bucket, new string('k', 1025), "x"));
        }),
        new("s3-18", "An object that is not there is an error: `NoSuchKey`, 404", Get, ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await Claim.RefusedAsync("NoSuchKey", () => MadeBuckets.GetAsync(account, bucket, "nobody"), HttpStatusCode.NotFound);
        }),
        new("s3-19", "An object that is not there can be deleted: 204", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObject.html", ContractCost.Objects, async account =>
            Claim.Same("the status", HttpStatusCode.NoContent, (await account.S3.DeleteObjectAsync(await OneBucket.NameAsync(account), "nobody")).HttpStatusCode)),
        Range("s3-20", "the bytes from one to another, both counted", "bytes=2-4", "cde"),
        Range("s3-21", "all bytes from one on", "bytes=7-", "hij"),
        Range("s3-22", "the last bytes", "bytes=-3", "hij"),
        Range("s3-23", "all bytes where more are wanted than there are", "bytes=8-99", "ij"),
        Range("s3-24", "the whole object where more last bytes are wanted than there are", "bytes=-99", "abcdefghij"),
        new("s3-25", "A part that begins behind the end is refused: `InvalidRange`, 416", Get, ContractCost.Objects, async account =>
            (await PartAsync(account, "bytes=10-")).IsRefused("InvalidRange", 416)),
        new("s3-26", "An object that is written over is the new one", Put, ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await MadeBuckets.PutAsync(account, bucket, "over", "one");
            await MadeBuckets.PutAsync(account, bucket, "over", "two");
            Claim.Same("the content", "two", await MadeBuckets.GetAsync(account, bucket, "over"));
        }),
    ];

    private static ContractCase Range(string id, string what, string range, string content) => new(id, $"A part of an object is {what}: `{range}`, 206", Get, ContractCost.Objects, async account =>
    {
        var part = await PartAsync(account, range);
        part.IsDone(206);
        Claim.Same("the part", content, part.Body);
        Claim.Same("what is said of it", $"bytes {"abcdefghij".IndexOf(content, StringComparison.Ordinal)}-{"abcdefghij".IndexOf(content, StringComparison.Ordinal) + content.Length - 1}/10", part.Headers.GetValueOrDefault("Content-Range"));
    });

    private static async Task<Calls.RawAnswer> PartAsync(ContractAccount account, string range)
    {
        var bucket = await OneBucket.NameAsync(account);
        await MadeBuckets.PutAsync(account, bucket, "letters", "abcdefghij");
        return await new Calls.RawCall("s3", "GET", $"/{bucket}/letters") { Headers = new Dictionary<string, string> { ["range"] = range } }.SendAsync(account);
    }
}
