using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace ChaosHarness.Aws.Replication;

/// <summary>All versions of a key.</summary>
internal sealed record VersionsByKey(string Key, IReadOnlyList<S3ObjectVersion> Versions)
{
    /// <summary>Lists a bucket, the next page being on its way while one is looked at.</summary>
    /// <param name="s3">The client of the bucket's region.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="prefix">What keys begin with.</param>
    /// <param name="after">Keys up to this are left out; null for none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async IAsyncEnumerable<VersionsByKey> Of(IAmazonS3 s3, string bucket, string prefix, string? after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var key = new List<S3ObjectVersion>();
        var next = s3.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket, Prefix = prefix, KeyMarker = after }, cancellationToken);
        while (next is not null)
        {
            var page = await next.ConfigureAwait(false);
            next = page.IsTruncated is true
                ? s3.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket, Prefix = prefix, KeyMarker = page.NextKeyMarker, VersionIdMarker = page.NextVersionIdMarker }, cancellationToken)
                : null;
            foreach (var version in page.Versions ?? [])
            {
                if (key.Count > 0 && key[0].Key != version.Key)
                {
                    yield return new VersionsByKey(key[0].Key, key);
                    key = [];
                }

                key.Add(version);
            }
        }

        if (key.Count > 0)
        {
            yield return new VersionsByKey(key[0].Key, key);
        }
    }
}
