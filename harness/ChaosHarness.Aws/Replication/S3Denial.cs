using System.Net;
using Amazon.Runtime;
using Amazon.S3;

namespace ChaosHarness.Aws.Replication;

/// <summary>Why a bucket could not be read: what is not allowed is told from what is not there.</summary>
internal static class S3Denial
{
    /// <returns>Null for what is no answer of S3.</returns>
    public static string? TextOf(Exception exception) => exception switch
    {
        AmazonS3Exception { StatusCode: HttpStatusCode.Forbidden } denied => $"denied: {denied.Message} (it needs s3:ListBucketVersions, s3:GetObjectVersion and, of the source, s3:GetReplicationConfiguration)",
        AmazonS3Exception { ErrorCode: "NoSuchBucket" } gone => $"there is no such bucket: {gone.Message}",
        AmazonServiceException other => $"{other.ErrorCode ?? other.StatusCode.ToString()}: {other.Message}",
        HttpRequestException or AmazonClientException => $"S3 does not answer: {exception.Message}",
        _ => null,
    };
}
