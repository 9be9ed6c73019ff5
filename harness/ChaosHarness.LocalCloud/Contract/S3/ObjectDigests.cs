using System.Security.Cryptography;
using System.Text;
using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.Resources;
using ChaosHarness.LocalCloud.S3;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Content that is held against the digests that it came with.</summary>
internal static class ObjectDigests
{
    private const string Content = "tea and biscuits";
    private const string Integrity = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html";
    private const string Errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";
    private static readonly byte[] Bytes = Encoding.UTF8.GetBytes(Content);

    public static IEnumerable<ContractCase> Cases =>
    [
        Puts("s3-38", "An object with the right `Content-MD5` is stored", "content-md5", Md5(Bytes), 200),
        Puts("s3-39", "An object with another `Content-MD5` is refused: `BadDigest`, 400", "content-md5", Md5("another"u8), 400, "BadDigest"),
        Puts("s3-40", "A `Content-MD5` that is none is refused: `InvalidDigest`, 400", "content-md5", "nonsense", 400, "InvalidDigest"),
        Puts("s3-41", "An object with the right CRC32 is stored", "x-amz-checksum-crc32", Convert.ToBase64String(Crc.Crc32(Bytes)), 200),
        Puts("s3-42", "An object with another CRC32 is refused: `BadDigest`, 400", "x-amz-checksum-crc32", Convert.ToBase64String(Crc.Crc32("another"u8)), 400, "BadDigest"),
        Puts("s3-43", "An object with the right CRC32C is stored", "x-amz-checksum-crc32c", Convert.ToBase64String(Crc.Crc32C(Bytes)), 200),
        Puts("s3-44", "An object with the right CRC64NVME is stored", "x-amz-checksum-crc64nvme", Convert.ToBase64String(Crc.Crc64Nvme(Bytes)), 200),
        Puts("s3-45", "An object with the right SHA-256 is stored", "x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData(Bytes)), 200),
        Puts("s3-46", "An object with another SHA-256 is refused: `BadDigest`, 400", "x-amz-checksum-sha256", Convert.ToBase64String(SHA256.HashData("another"u8)), 400, "BadDigest"),
        Puts("s3-47", "A checksum of the wrong length is refused: `InvalidRequest`, 400", "x-amz-checksum-sha256", "bm9uc2Vuc2U=", 400, "InvalidRequest"),
        new("s3-48", "A body that was changed after it was signed is refused: `XAmzContentSHA256Mismatch`, 400", Errors, ContractCost.Objects, async account =>
            (await (await PutAsync(account, "changed") with { SentBody = "tea and biscuit!" }).SendAsync(account)).IsRefused("XAmzContentSHA256Mismatch", 400)),
        new("s3-49", "A signed request has to say what the hash of its body is, or that it does not: `InvalidRequest`, 400", "https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html", ContractCost.Nothing, async account =>
            (await (await PutAsync(account, "unsaid") with { PayloadHash = "" }).SendAsync(account)).IsRefused("InvalidRequest", 400)),
        new("s3-50", "A body that is said not to be signed is stored as it comes", "https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html", ContractCost.Objects, async account =>
            (await (await PutAsync(account, "unsigned") with { PayloadHash = "UNSIGNED-PAYLOAD", SentBody = "anything" }).SendAsync(account)).IsDone()),
        new("s3-51", "A header of AWS's own that is not signed is refused: `AccessDenied`, 403", "https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html", ContractCost.Nothing, async account =>
            (await (await PutAsync(account, "slipped-in") with { Unsigned = new Dictionary<string, string> { ["x-amz-meta-owner"] = "somebody" } }).SendAsync(account)).IsRefused("AccessDenied", 403)),
        new("s3-52", "A checksum that an object was put with comes with it, for who asks", Integrity, ContractCost.Objects, async account =>
        {
            var put = await PutAsync(account, "given-back");
            var sum = Convert.ToBase64String(SHA256.HashData(Bytes));
            (await (put with { Headers = new Dictionary<string, string> { ["x-amz-checksum-sha256"] = sum } }).SendAsync(account)).IsDone();
            var got = await new RawCall("s3", "GET", put.Path) { Headers = new Dictionary<string, string> { ["x-amz-checksum-mode"] = "ENABLED" } }.SendAsync(account);
            Claim.Same("the checksum", sum, got.Headers.GetValueOrDefault("x-amz-checksum-sha256"));
        }),
    ];

    private static ContractCase Puts(string id, string behaviour, string header, string value, int status, string? code = null) => new(id, behaviour, code is null ? Integrity : Errors, ContractCost.Objects, async account =>
    {
        var answer = await (await PutAsync(account, id) with { Headers = new Dictionary<string, string> { [header] = value } }).SendAsync(account);
        if (code is null)
        {
            answer.IsDone(status);
            Claim.Same("the content", Content, await MadeBuckets.GetAsync(account, await OneBucket.NameAsync(account), id));
        }
        else
        {
            answer.IsRefused(code, status);
        }
    });

    private static async Task<RawCall> PutAsync(ContractAccount account, string key) => new("s3", "PUT", $"/{await OneBucket.NameAsync(account)}/{key}") { Body = Content };

#pragma warning disable CA5351 // What Content-MD5 is.
    private static string Md5(ReadOnlySpan<byte> content) => Convert.ToBase64String(MD5.HashData(content));
#pragma warning restore CA5351
}
