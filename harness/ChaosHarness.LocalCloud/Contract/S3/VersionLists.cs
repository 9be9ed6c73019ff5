using Amazon.S3.Model;
using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Lists of all versions of objects, and their pages.</summary>
internal static class VersionLists
{
    private const string Source = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectVersions.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("s3-104", "Versions are listed in the order of their keys, those of one the newest first, and the newest says so", Source, ContractCost.Objects, async account =>
        {
            var (bucket, wanted) = await BucketAsync(account, "versions-listed");
            var list = await account.S3.ListVersionsAsync(bucket);
            Claim.Same("the versions", string.Join(' ', wanted), string.Join(' ', list.Versions.Select(version => $"{version.Key}:{version.VersionId}")));
            Claim.Same("the newest of each", "a:True a:False b:True b:False b:False", string.Join(' ', list.Versions.Select(version => $"{version.Key}:{version.IsLatest is true}")));
            Claim.Same("the marks", "b", string.Join(' ', list.Versions.Where(version => version.IsDeleteMarker is true).Select(version => version.Key)));
        }),
        new("s3-105", "Pages of versions go on in the middle of a key, and together have each version once", Source, ContractCost.Objects, async account =>
        {
            var (bucket, wanted) = await BucketAsync(account, "versions-paged");
            var seen = new List<string>();
            var request = new ListVersionsRequest { BucketName = bucket, MaxKeys = 2 };
            ListVersionsResponse page;
            do
            {
                page = await account.S3.ListVersionsAsync(request);
                seen.AddRange(page.Versions.Select(version => $"{version.Key}:{version.VersionId}"));
                request = new ListVersionsRequest { BucketName = bucket, MaxKeys = 2, KeyMarker = page.NextKeyMarker, VersionIdMarker = page.NextVersionIdMarker };
            }
            while (page.IsTruncated is true);
            Claim.Same("all pages", string.Join(' ', wanted.Order(StringComparer.Ordinal)), string.Join(' ', seen.Order(StringComparer.Ordinal)));
        }),
        new("s3-106", "A marker of a version without a key is refused: `InvalidArgument`, 400", Source, ContractCost.Nothing, async account =>
            (await new RawCall("s3", "GET", "/" + await OneBucket.NameAsync(account)) { Query = "version-id-marker=some&versions=" }.SendAsync(account)).IsRefused("InvalidArgument", 400)),
    ];

    private static async Task<(string Bucket, IReadOnlyList<string> Versions)> BucketAsync(ContractAccount account, string name)
    {
        var bucket = await MadeBuckets.MakeAsync(account, name, isVersioned: true);
        async Task<string> PutAsync(string key) => (await account.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = key })).VersionId;
        var (b1, a1, b2, a2) = (await PutAsync("b"), await PutAsync("a"), await PutAsync("b"), await PutAsync("a"));
        var mark = (await account.S3.DeleteObjectAsync(bucket, "b")).VersionId;
        return (bucket, [$"a:{a2}", $"a:{a1}", $"b:{mark}", $"b:{b2}", $"b:{b1}"]);
    }
}
