using Amazon.S3;
using Amazon.S3.Model;

namespace ChaosHarness.LocalCloud.Contract.Resources;

/// <summary>Buckets that cases make, emptied and removed at the end.</summary>
internal static class MadeBuckets
{
    public static async Task<string> MakeAsync(ContractAccount account, string name, bool isVersioned = false)
    {
        var bucket = account.Name(name);
        await account.S3.PutBucketAsync(bucket);
        account.OnEnd(() => RemoveAsync(account, account.S3, bucket));
        if (isVersioned)
        {
            await VersionAsync(account, bucket, VersionStatus.Enabled);
        }

        return bucket;
    }

    public static Task VersionAsync(ContractAccount account, string bucket, VersionStatus status) =>
        account.S3.PutBucketVersioningAsync(new PutBucketVersioningRequest { BucketName = bucket, VersioningConfig = new S3BucketVersioningConfig { Status = status } });

    public static Task<PutObjectResponse> PutAsync(ContractAccount account, string bucket, string key, string content) =>
        account.S3.PutObjectAsync(new PutObjectRequest { BucketName = bucket, Key = key, ContentBody = content });

    public static async Task<string> GetAsync(ContractAccount account, string bucket, string key, string? version = null)
    {
        using var got = await account.S3.GetObjectAsync(new GetObjectRequest { BucketName = bucket, Key = key, VersionId = version });
        using var reader = new StreamReader(got.ResponseStream);
        return await reader.ReadToEndAsync();
    }

    // A local cloud forgets its buckets by itself.
    public static async Task RemoveAsync(ContractAccount account, IAmazonS3 at, string bucket)
    {
        if (!account.IsAws)
        {
            return;
        }

        var versions = await at.ListVersionsAsync(new ListVersionsRequest { BucketName = bucket });
        foreach (var version in versions.Versions ?? [])
        {
            await at.DeleteObjectAsync(bucket, version.Key, version.VersionId);
        }

        await at.DeleteBucketAsync(bucket);
    }
}
