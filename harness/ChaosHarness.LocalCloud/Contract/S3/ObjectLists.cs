using Amazon.S3.Model;
using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Lists of objects, and their pages.</summary>
internal static class ObjectLists
{
    private const string Source = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html";
    private static readonly string[] Keys = ["list/a/1", "list/a/2", "list/b/1", "list/c", "list/d"];

    public static IEnumerable<ContractCase> Cases =>
    [
        Lists("s3-62", "Objects are listed in the order of their keys", static _ => { }, Keys, []),
        Lists("s3-63", "Objects are listed by what their keys begin with", request => request.Prefix = "list/a/", ["list/a/1", "list/a/2"], []),
        Lists("s3-64", "What keys have in common up to a delimiter is listed once", request => request.Delimiter = "/", ["list/c", "list/d"], ["list/a/", "list/b/"]),
        Lists("s3-65", "Objects are listed from behind a key", request => request.StartAfter = "list/b/1", ["list/c", "list/d"], []),
        new("s3-66", "Pages together have each key once, and all but the last say that there is more", Source, ContractCost.Objects, async account =>
        {
            var bucket = await BucketAsync(account);
            var seen = new List<string>();
            string? next = null;
            do
            {
                var page = await account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, Prefix = "list/", MaxKeys = 2, ContinuationToken = next });
                Claim.Same("the count of a page", page.S3Objects.Count, page.KeyCount);
                seen.AddRange(page.S3Objects.Select(item => item.Key));
                Claim.Same("whether there is more", page.NextContinuationToken is not null, page.IsTruncated is true);
                next = page.NextContinuationToken;
            }
            while (next is not null);
            Claim.Same("all pages", string.Join(' ', Keys), string.Join(' ', seen));
        }),
        new("s3-67", "Pages count what keys have in common as one", Source, ContractCost.Objects, async account =>
        {
            var page = await account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = await BucketAsync(account), Prefix = "list/", Delimiter = "/", MaxKeys = 3 });
            Claim.Same("groups, objects, more", (2, 1, (bool?)true), (page.CommonPrefixes.Count, page.S3Objects.Count, page.IsTruncated));
        }),
        Refused("s3-68", "A token that was never given is refused: `InvalidArgument`, 400", "continuation-token=nonsense&list-type=2"),
        Refused("s3-69", "A page of no number is refused: `InvalidArgument`, 400", "list-type=2&max-keys=many"),
        Refused("s3-70", "A page of less than none is refused: `InvalidArgument`, 400", "list-type=2&max-keys=-1"),
        new("s3-71", "A page of none is empty, and no part of a longer list", Source, ContractCost.Objects, async account =>
        {
            var page = await account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = await BucketAsync(account), MaxKeys = 0 });
            Claim.Same("count, more", (0, false), (page.KeyCount ?? 0, page.IsTruncated is true));
        }),
        new("s3-72", "Keys are encoded where that is asked for", Source, ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await MadeBuckets.PutAsync(account, bucket, "encoded/a b+c", "x");
            var answer = await new RawCall("s3", "GET", "/" + bucket) { Query = "encoding-type=url&list-type=2&prefix=encoded" }.SendAsync(account);
            Claim.That("the key is encoded", answer.Body.Contains("<Key>encoded/a", StringComparison.Ordinal) && answer.Body.Contains("b%2Bc</Key>", StringComparison.Ordinal), answer.Body);
        }),
    ];

    private static ContractCase Lists(string id, string behaviour, Action<ListObjectsV2Request> change, string[] keys, string[] groups) => new(id, behaviour, Source, ContractCost.Objects, async account =>
    {
        var request = new ListObjectsV2Request { BucketName = await BucketAsync(account), Prefix = "list/" };
        change(request);
        var list = await account.S3.ListObjectsV2Async(request);
        Claim.Same("the keys", string.Join(' ', keys), string.Join(' ', (list.S3Objects ?? []).Select(item => item.Key)));
        Claim.Same("what they have in common", string.Join(' ', groups), string.Join(' ', list.CommonPrefixes ?? []));
    });

    private static ContractCase Refused(string id, string behaviour, string query) => new(id, behaviour, Source, ContractCost.Nothing, async account =>
        (await new RawCall("s3", "GET", "/" + await OneBucket.NameAsync(account)) { Query = query }.SendAsync(account)).IsRefused("InvalidArgument", 400));

    private static async Task<string> BucketAsync(ContractAccount account)
    {
        var bucket = await OneBucket.NameAsync(account);
        foreach (var key in Keys)
        {
            await MadeBuckets.PutAsync(account, bucket, key, key);
        }

        return bucket;
    }
}
