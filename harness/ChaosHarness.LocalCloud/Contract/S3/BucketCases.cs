using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using ChaosHarness.LocalCloud.Contract.Resources;

namespace ChaosHarness.LocalCloud.Contract.S3;

/// <summary>Buckets and their names.</summary>
internal static class BucketCases
{
    private const string Names = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html";
    private const string Create = "https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateBucket.html";
    private const string Errors = "https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html";

    public static IEnumerable<ContractCase> Cases =>
    [
        BadName("s3-01", "Names of buckets have no capital letters", "Capitals-are-bad"),
        BadName("s3-02", "Names of buckets have at least three characters", "ab"),
        BadName("s3-03", "Names of buckets have no two dots in a row", "two..dots"),
        BadName("s3-04", "Names of buckets are no IP addresses", "192.168.5.4"),
        BadName("s3-05", "Names of buckets do not begin with `xn--`", "xn--bucket"),
        BadName("s3-06", "Names of buckets have no underscores", "under_score"),
        new("s3-07", "A bucket that is there and one's own is made again in us-east-1; elsewhere it is refused: `BucketAlreadyOwnedByYou`, 409", Create, ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            if (account.Account.Region == "us-east-1")
            {
                await account.S3.PutBucketAsync(bucket);
            }
            else
            {
                await Claim.RefusedAsync("BucketAlreadyOwnedByYou", () => account.S3.PutBucketAsync(bucket), HttpStatusCode.Conflict);
            }
        }),
        new("s3-08", "A bucket for another region is refused: `IllegalLocationConstraintException`, 400", Create, ContractCost.Nothing, account =>
            Claim.RefusedAsync("IllegalLocationConstraintException|InvalidLocationConstraint", () => account.S3.PutBucketAsync(new PutBucketRequest { BucketName = account.Name("elsewhere"), BucketRegionName = account.Account.Region == "eu-west-1" ? "eu-west-2" : "eu-west-1" }))),
        new("s3-09", "A bucket that holds something cannot be deleted: `BucketNotEmpty`, 409", Errors, ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await MadeBuckets.PutAsync(account, bucket, "kept", "x");
            await Claim.RefusedAsync("BucketNotEmpty", () => account.S3.DeleteBucketAsync(bucket), HttpStatusCode.Conflict);
        }),
        new("s3-10", "A bucket that is not there is an error: `NoSuchBucket`, 404", Errors, ContractCost.Nothing, account =>
            Claim.RefusedAsync("NoSuchBucket", () => account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = account.Name("nobody") }), HttpStatusCode.NotFound)),
        new("s3-11", "A bucket that was deleted is not there any more", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html", ContractCost.Objects, async account =>
        {
            var bucket = account.Name("gone");
            await account.S3.PutBucketAsync(bucket);
            await account.S3.DeleteBucketAsync(bucket);
            await Claim.RefusedAsync("NoSuchBucket", () => account.S3.DeleteBucketAsync(bucket), HttpStatusCode.NotFound);
        }),
        new("s3-12", "A bucket that is said to be somebody else's is refused: `AccessDenied`, 403", "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucket-owner-condition.html", ContractCost.Objects, async account =>
        {
            var bucket = await OneBucket.NameAsync(account);
            await Claim.RefusedAsync("AccessDenied", () => account.S3.ListObjectsV2Async(new ListObjectsV2Request { BucketName = bucket, ExpectedBucketOwner = "111111111111" }), HttpStatusCode.Forbidden);
        }),
        new("s3-13", "A bucket that never had versions says nothing of them, and is then Enabled or Suspended", "https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketVersioning.html", ContractCost.Objects, async account =>
        {
            var bucket = await MadeBuckets.MakeAsync(account, "status");
            var status = (await account.S3.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = bucket })).VersioningConfig?.Status?.Value;
            Claim.That("nothing is said", status is null or "" or "Off", status);
            await MadeBuckets.VersionAsync(account, bucket, VersionStatus.Suspended);
            Claim.Same("the status", "Suspended", (await account.S3.GetBucketVersioningAsync(new GetBucketVersioningRequest { BucketName = bucket })).VersioningConfig.Status.Value);
        }),
    ];

    private static ContractCase BadName(string id, string behaviour, string name) => new(id, $"{behaviour}: `InvalidBucketName`, 400", Names, ContractCost.Nothing, async account =>
        (await new Calls.RawCall("s3", "PUT", "/" + name).SendAsync(account)).IsRefused("InvalidBucketName", 400));
}
