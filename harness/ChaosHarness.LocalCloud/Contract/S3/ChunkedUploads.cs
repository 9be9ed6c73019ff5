using System.Globalization;
using System.Text;
using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.Resources;
using ChaosHarness.LocalCloud.Http;
using ChaosHarness.LocalCloud.S3;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Bodies in chunks, each signed over the one before it.</summary>
internal static class ChunkedUploads
{
    private const string Source = "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html";
    private static readonly string[] Chunks = [new('t', 8192), "and biscuits"];

    public static IEnumerable<ContractCase> Cases =>
    [
        new("s3-89", "A body in signed chunks is stored without what is around them", Source, ContractCost.Objects, async account =>
        {
            (await CallAsync(account, "chunks", static body => body)).IsDone();
            Claim.Same("the content", string.Concat(Chunks), await MadeBuckets.GetAsync(account, await OneBucket.NameAsync(account), "chunks"));
        }),
        new("s3-90", "A chunk that was changed is refused: `SignatureDoesNotMatch`, 403", Source, ContractCost.Objects, async account =>
            (await CallAsync(account, "chunk-changed", body => body.Replace("biscuits", "biscuit!", StringComparison.Ordinal))).IsRefused("SignatureDoesNotMatch", 403)),
        new("s3-96", "Chunks in another order are refused", Source, ContractCost.Objects, async account =>
        {
            var answer = await CallAsync(account, "chunk-order", Swapped);
            answer.IsRefused("SignatureDoesNotMatch", 403);
        }),
        new("s3-97", "Chunks that are not as long together as was said are refused: `IncompleteBody`, 400", Source, ContractCost.Objects, async account =>
            (await CallAsync(account, "chunk-length", static body => body, said: 1)).IsRefused("IncompleteBody", 400)),
        new("s3-98", "A body in chunks that are said not to be signed is stored", "https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html", ContractCost.Objects, async account =>
        {
            var content = "tea";
            var call = new RawCall("s3", "PUT", $"/{await OneBucket.NameAsync(account)}/chunk-unsigned")
            {
                PayloadHash = "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
                SentBody = $"{content.Length:x}\r\n{content}\r\n0\r\nx-amz-checksum-crc32:{Convert.ToBase64String(Crc.Crc32(Encoding.UTF8.GetBytes(content)))}\r\n\r\n",
                Headers = new Dictionary<string, string> { ["content-encoding"] = "aws-chunked", ["x-amz-decoded-content-length"] = content.Length.ToString(CultureInfo.InvariantCulture), ["x-amz-trailer"] = "x-amz-checksum-crc32" },
            };
            (await call.SendAsync(account)).IsDone();
            (await (call with { SentBody = call.SentBody.Replace("tea", "pie", StringComparison.Ordinal) }).SendAsync(account)).IsRefused("BadDigest", 400);
        }),
    ];

    private static async Task<RawAnswer> CallAsync(ContractAccount account, string key, Func<string, string> change, int? said = null) =>
        await new RawCall("s3", "PUT", $"/{await OneBucket.NameAsync(account)}/{key}")
        {
            PayloadHash = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
            Headers = new Dictionary<string, string> { ["content-encoding"] = "aws-chunked", ["x-amz-decoded-content-length"] = (said ?? Chunks.Sum(chunk => chunk.Length)).ToString(CultureInfo.InvariantCulture) },
            Seal = seal => change(Sealed(seal)),
        }.SendAsync(account);

    private static string Sealed(Seal seal)
    {
        var (body, before) = (new StringBuilder(), seal.Signature);
        foreach (var chunk in Chunks.Append(""))
        {
            before = SigningKey.Sign(seal.Key, $"AWS4-HMAC-SHA256-PAYLOAD\n{seal.Stamp}\n{seal.Scope}\n{before}\n{SigningKey.Hash("")}\n{SigningKey.Hash(chunk)}");
            body.Append(CultureInfo.InvariantCulture, $"{chunk.Length:x};chunk-signature={before}\r\n{chunk}\r\n");
        }

        return body.ToString();
    }

    private static string Swapped(string body)
    {
        var second = body.IndexOf("\r\nc;", StringComparison.Ordinal) + 2;
        var last = body.IndexOf("\r\n0;", StringComparison.Ordinal) + 2;
        return body[second..last] + body[..second] + body[last..];
    }
}
