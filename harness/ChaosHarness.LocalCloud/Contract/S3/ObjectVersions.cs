using System.Net;
using Amazon.S3;
using ChaosHarness.LocalCloud.Contract.Calls;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Versions of objects, and the marks that stand for deleted ones.</summary>
internal static class ObjectVersions
{
    private const string Versions = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/Versioning.html";
    private const string Marks = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeleteMarker.html";
    private const string Suspended = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/VersionSuspendedBehavior.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        new("s3-53", "Each put makes a version with an id of its own, and each version can be got", Versions, ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "versions", isVersioned: true);
            var (first, second) = ((await MadeBuckets.PutAsync(account, bucket, "k", "1")).VersionId, (await MadeBuckets.PutAsync(account, bucket, "k", "2")).VersionId);
            Claim.That("the ids differ", first != second);
            Claim.Same("first, second, latest", ("1", "2", "2"), (await MadeBuckets.GetAsync(account, bucket, "k", first), await MadeBuckets.GetAsync(account, bucket, "k", second), await MadeBuckets.GetAsync(account, bucket, "k")));
        }),
        new("s3-54", "Without versions a put has no version id", Versions, ContractCost.Objects, async account =>
        {
            var version = (await MadeBuckets.PutAsync(account, await OneBucket.NameAsync(account), "unversioned", "1")).VersionId;
            Claim.That("there is none", string.IsNullOrEmpty(version), version);
        }),
        new("s3-55", "A delete leaves a mark; the object is then not there, and the answer says that a mark is why: `NoSuchKey`, 404", Marks, ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "marks", isVersioned: true);
            await MadeBuckets.PutAsync(account, bucket, "k", "1");
            Claim.Same("the answer to the delete", "true", (await account.S3.DeleteObjectAsync(bucket, "k")).DeleteMarker);
            var answer = await new RawCall("s3", "GET", $"/{bucket}/k").SendAsync(account);
            answer.IsRefused("NoSuchKey", 404);
            Claim.Same("the header", "true", answer.Headers.GetValueOrDefault("x-amz-delete-marker"));
        }),
        new("s3-56", "A mark itself cannot be got: `MethodNotAllowed`, 405", Marks, ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "mark-got", isVersioned: true);
            await MadeBuckets.PutAsync(account, bucket, "k", "1");
            var mark = (await account.S3.DeleteObjectAsync(bucket, "k")).VersionId;
            await Claim.RefusedAsync("MethodNotAllowed", () => MadeBuckets.GetAsync(account, bucket, "k", mark), HttpStatusCode.MethodNotAllowed);
        }),
        new("s3-57", "An object is back when its mark is deleted", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/RemDelMarker.html", ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "back", isVersioned: true);
            await MadeBuckets.PutAsync(account, bucket, "k", "1");
            var mark = (await account.S3.DeleteObjectAsync(bucket, "k")).VersionId;
            var removed = await account.S3.DeleteObjectAsync(bucket, "k", mark);
            Claim.Same("the answer", ("true", mark), (removed.DeleteMarker, removed.VersionId));
            Claim.Same("the content", "1", await MadeBuckets.GetAsync(account, bucket, "k"));
        }),
        new("s3-58", "A version that is deleted is gone for good, and the one before it is the latest", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/DeletingObjectVersions.html", ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "gone-version", isVersioned: true);
            await MadeBuckets.PutAsync(account, bucket, "k", "1");
            var second = (await MadeBuckets.PutAsync(account, bucket, "k", "2")).VersionId;
            await account.S3.DeleteObjectAsync(bucket, "k", second);
            Claim.Same("the content", "1", await MadeBuckets.GetAsync(account, bucket, "k"));
            await Claim.RefusedAsync("NoSuchVersion", () => MadeBuckets.GetAsync(account, bucket, "k", second), HttpStatusCode.NotFound);
        }),
        new("s3-59", "While versions are suspended a put replaces the version `null`, and those before stay", Suspended, ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "suspended", isVersioned: true);
            var first = (await MadeBuckets.PutAsync(account, bucket, "k", "1")).VersionId;
            await MadeBuckets.VersionAsync(account, bucket, VersionStatus.Suspended);
            await MadeBuckets.PutAsync(account, bucket, "k", "2");
            await MadeBuckets.PutAsync(account, bucket, "k", "3");
            Claim.Same("first, null, latest", ("1", "3", "3"), (await MadeBuckets.GetAsync(account, bucket, "k", first), await MadeBuckets.GetAsync(account, bucket, "k", "null"), await MadeBuckets.GetAsync(account, bucket, "k")));
        }),
        new("s3-60", "While versions are suspended a delete leaves a mark in the place of the version `null`, and those before stay", Suspended, ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "suspended-2", isVersioned: true);
            var first = (await MadeBuckets.PutAsync(account, bucket, "k", "1")).VersionId;
            await MadeBuckets.VersionAsync(account, bucket, VersionStatus.Suspended);
            await account.S3.DeleteObjectAsync(bucket, "k");
            await Claim.RefusedAsync("NoSuchKey", () => MadeBuckets.GetAsync(account, bucket, "k"), HttpStatusCode.NotFound);
            Claim.Same("the version before", "1", await MadeBuckets.GetAsync(account, bucket, "k", first));
        }),
        new("s3-61", "A bucket of which only a mark is left is not empty: `BucketNotEmpty`, 409", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html", ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "only-mark", isVersioned: true);
            await MadeBuckets.PutAsync(account, bucket, "k", "1");
            await account.S3.DeleteObjectAsync(bucket, "k");
            await Claim.RefusedAsync("BucketNotEmpty", () => account.S3.DeleteBucketAsync(bucket), HttpStatusCode.Conflict);
        }),
    ];
}
