using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.S3;

/// <summary>What a request asks of S3: told by its method, by whether it names a bucket and a key, and by a sub-resource in its query.</summary>
internal sealed record S3Operation(string Name, HonouredMembers Query, IReadOnlyList<string> Headers)
{
    private static readonly string[] Always =
    [
        "x-amz-date", "x-amz-api-version", "x-amz-content-sha256", "x-amz-security-token", "x-amz-user-agent", "x-amz-expected-bucket-owner", "x-amz-checksum-mode", "x-amz-sdk-checksum-algorithm",
    ];

    private static readonly string[] OfWrites =
    [
        "x-amz-decoded-content-length", "x-amz-trailer", "x-amz-checksum-crc32", "x-amz-checksum-crc32c", "x-amz-checksum-crc64nvme", "x-amz-checksum-sha1", "x-amz-checksum-sha256",
    ];

    private static readonly HashSet<string> SubResources = new(StringComparer.Ordinal) { "versioning", "versions", "replication", "tagging" };

    /// <summary>The operation; null when there is none that this cloud does.</summary>
    public static S3Operation? Of(string method, bool hasBucket, bool hasKey, IReadOnlyDictionary<string, string> query)
    {
        var sub = query.Keys.FirstOrDefault(SubResources.Contains);
        return (method, hasBucket, hasKey, sub) switch
        {
            ("GET", false, _, null) => On("ListBuckets", ""),
            ("PUT", true, false, null) => On("CreateBucket", "", OfWrites),
            ("DELETE", true, false, null) => On("DeleteBucket", ""),
            ("HEAD", true, false, null) => On("HeadBucket", ""),
            ("GET", true, false, null) => On("ListObjectsV2", "list-type=2 prefix delimiter max-keys continuation-token start-after encoding-type=url fetch-owner=false"),
            ("GET", true, false, "versions") => On("ListObjectVersions", "versions prefix key-marker version-id-marker max-keys encoding-type=url"),
            ("PUT", true, false, "versioning") => On("PutBucketVersioning", "versioning", OfWrites),
            ("GET", true, false, "versioning") => On("GetBucketVersioning", "versioning"),
            ("PUT", true, false, "replication") => On("PutBucketReplication", "replication", OfWrites),
            ("GET", true, false, "replication") => On("GetBucketReplication", "replication"),
            ("PUT", true, false, "tagging") => On("PutBucketTagging", "tagging", OfWrites),
            ("PUT", true, true, null) => On("PutObject", "", [.. OfWrites, "x-amz-meta-"]),
            ("GET", true, true, null) => On("GetObject", "versionId"),
            ("HEAD", true, true, null) => On("HeadObject", "versionId"),
            ("DELETE", true, true, null) => On("DeleteObject", "versionId"),
            _ => null,
        };
    }

    /// <exception cref="AwsErrorException">It asks for something that this cloud does not do.</exception>
    public void Check(ApiRequest request)
    {
        Query.Check(Name, request.Query);
        if (Name == "ListObjectsV2" && !request.Query.ContainsKey("list-type"))
        {
            throw HonouredMembers.NotImplemented("the operation ListObjects, only ListObjectsV2");
        }

        // Whoever sets a condition has to be able to rely on it.
        if (request.Headers.Keys.FirstOrDefault(header => header.StartsWith("If-", StringComparison.OrdinalIgnoreCase) && !Honours(header)) is { } condition)
        {
            throw HonouredMembers.NotImplemented($"the condition {condition} of {Name}");
        }

        if (request.Headers.Keys.FirstOrDefault(IsForeign) is { } header)
        {
            throw HonouredMembers.NotImplemented($"the header {header.ToLowerInvariant()} of {Name}");
        }
    }

    private bool Honours(string condition) => Name is "GetObject" or "HeadObject" || (Name == "PutObject" && condition.EndsWith("-Match", StringComparison.OrdinalIgnoreCase));

    private bool IsForeign(string header) =>
        header.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
        && !Headers.Any(known => known[^1] == '-' ? header.StartsWith(known, StringComparison.OrdinalIgnoreCase) : string.Equals(known, header, StringComparison.OrdinalIgnoreCase));

    // SDKs name the operation in the query of presigned URLs.
    private static S3Operation On(string name, string query, params string[] headers) => new(name, HonouredMembers.Of(query + " x-id"), [.. Always, .. headers]);
}
