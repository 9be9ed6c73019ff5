using System.Xml.Linq;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.S3;

/// <summary>A page of all versions that a bucket holds, marks of what was deleted among them.</summary>
internal static class VersionListing
{
    /// <exception cref="AwsErrorException">The page cannot be had.</exception>
    public static XElement Of(Bucket bucket, IReadOnlyDictionary<string, string> query, XNamespace space, Func<DateTime, string> time)
    {
        var prefix = query.GetValueOrDefault("prefix", "");
        var most = ObjectListing.MaxKeys(query.GetValueOrDefault("max-keys"));
        var isUrl = query.ContainsKey("encoding-type");
        var all = bucket.Versions;
        var first = First(all, query);
        var page = new List<StoredObject>();
        var index = first;
        for (; index < all.Count && page.Count < most; index++)
        {
            if (all[index].Key.StartsWith(prefix, StringComparison.Ordinal))
            {
                page.Add(all[index]);
            }
        }

        var isCut = page.Count > 0 && page.Count == most && all.Skip(index).Any(version => version.Key.StartsWith(prefix, StringComparison.Ordinal));
        string Shown(string text) => isUrl ? UrlText.Encode(text, keepSlash: true) : text;
        return new XElement(
            space + "ListVersionsResult",
            new XElement(space + "Name", bucket.Name),
            new XElement(space + "Prefix", Shown(prefix)),
            new XElement(space + "KeyMarker", Shown(query.GetValueOrDefault("key-marker", ""))),
            new XElement(space + "VersionIdMarker", query.GetValueOrDefault("version-id-marker", "")),
            new XElement(space + "MaxKeys", most),
            isUrl ? new XElement(space + "EncodingType", "url") : null,
            new XElement(space + "IsTruncated", isCut ? "true" : "false"),
            isCut ? new XElement(space + "NextKeyMarker", Shown(page[^1].Key)) : null,
            isCut ? new XElement(space + "NextVersionIdMarker", page[^1].VersionId) : null,
            page.Select(version => new XElement(
                space + (version.IsDeleteMarker ? "DeleteMarker" : "Version"),
                new XElement(space + "Key", Shown(version.Key)),
                new XElement(space + "VersionId", version.VersionId),
                new XElement(space + "IsLatest", ReferenceEquals(bucket.Find(version.Key, null), version) ? "true" : "false"),
                new XElement(space + "LastModified", time(version.Modified)),
                version.IsDeleteMarker ? null : new XElement(space + "ETag", version.ETag),
                version.IsDeleteMarker ? null : new XElement(space + "Size", version.Size),
                version.IsDeleteMarker ? null : new XElement(space + "StorageClass", "STANDARD"))));
    }

    // Behind the marker: behind one version of a key where it names one, else behind all of them.
    private static int First(IReadOnlyList<StoredObject> all, IReadOnlyDictionary<string, string> query)
    {
        var (hasKey, hasVersion) = (query.TryGetValue("key-marker", out var key), query.TryGetValue("version-id-marker", out var version));
        if (hasVersion && !hasKey)
        {
            throw new AwsErrorException("InvalidArgument", "A version-id marker cannot be specified without a key marker.");
        }

        if (!hasKey)
        {
            return 0;
        }

        var (low, high) = (0, all.Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var order = string.CompareOrdinal(all[middle].Key, key);
            (low, high) = order < 0 || (order == 0 && !hasVersion) ? (middle + 1, high) : (low, middle);
        }

        if (hasVersion)
        {
            for (var index = low; index < all.Count && all[index].Key == key; index++)
            {
                if (all[index].VersionId == version)
                {
                    return index + 1;
                }
            }
        }

        return low;
    }
}
