using System.Globalization;
using System.Security.Cryptography;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.S3;

/// <summary>The content of a request, held against every digest that came with it.</summary>
/// <param name="Bytes">The content, out of its chunks.</param>
/// <param name="Checksums">The checksums that fitted, by their headers, to be given back with the object.</param>
internal sealed record SentContent(byte[] Bytes, IReadOnlyDictionary<string, string> Checksums)
{
    private const string ChecksumPrefix = "x-amz-checksum-";

    /// <exception cref="AwsErrorException">It is not what was sent.</exception>
    public static SentContent Of(ApiRequest request)
    {
        var chunked = ChunkedBody.IsUsedBy(request) ? ChunkedBody.Parse(request.Body) : null;
        var bytes = chunked?.Content ?? request.Body;
        if (chunked is not null && request.Header("X-Amz-Decoded-Content-Length") is { } said && said != bytes.Length.ToString(CultureInfo.InvariantCulture))
        {
            throw new AwsErrorException("IncompleteBody", "You did not provide the number of bytes specified by the x-amz-decoded-content-length HTTP header.");
        }

        CheckMd5(request, bytes);
        var checksums = request.Headers
            .Select(header => (header.Key, Value: header.Value.ToString()))
            .Concat((chunked?.Trailers ?? []).Select(trailer => (trailer.Key, trailer.Value)))
            .Where(header => header.Key.StartsWith(ChecksumPrefix, StringComparison.OrdinalIgnoreCase) && !header.Key.EndsWith("-mode", StringComparison.OrdinalIgnoreCase))
            .ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value);
        foreach (var (name, value) in checksums)
        {
            CheckSum(name[ChecksumPrefix.Length..], value, bytes);
        }

        return new SentContent(bytes, checksums);
    }

    private static void CheckMd5(ApiRequest request, byte[] bytes)
    {
        if (request.Header("Content-MD5") is not { } claimed)
        {
            return;
        }

        var digest = new byte[16];
        if (!Convert.TryFromBase64String(claimed, digest, out var length) || length != digest.Length)
        {
            throw new AwsErrorException("InvalidDigest", "The Content-MD5 you specified was invalid.");
        }

#pragma warning disable CA5351 // What Content-MD5 is; it protects against accidents alone.
        if (!MD5.HashData(bytes).AsSpan().SequenceEqual(digest))
#pragma warning restore CA5351
        {
            throw new AwsErrorException("BadDigest", "The Content-MD5 you specified did not match what we received.");
        }
    }

    private static void CheckSum(string algorithm, string claimed, byte[] bytes)
    {
#pragma warning disable CA5350 // One of the algorithms that clients may choose.
        var computed = Convert.ToBase64String(algorithm switch
        {
            "crc32" => Crc.Crc32(bytes),
            "crc32c" => Crc.Crc32C(bytes),
            "crc64nvme" => Crc.Crc64Nvme(bytes),
            "sha1" => SHA1.HashData(bytes),
            "sha256" => SHA256.HashData(bytes),
            _ => throw HonouredMembers.NotImplemented($"the checksum {algorithm}"),
        });
#pragma warning restore CA5350
        if (computed.TrimEnd('=').Length != claimed.TrimEnd('=').Length)
        {
            throw new AwsErrorException("InvalidRequest", $"Value for {ChecksumPrefix}{algorithm} header is invalid.");
        }

        if (computed != claimed)
        {
            throw new AwsErrorException("BadDigest", $"The {algorithm.ToUpperInvariant()} you specified did not match the calculated checksum.");
        }
    }
}
