using System.Globalization;
using System.Text;
using System.Xml.Linq;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.S3;

/// <summary>A page of a bucket's objects, with what their keys have in common up to a delimiter.</summary>
internal static class ObjectListing
{
    private const int LargestPage = 1000;

    /// <exception cref="AwsErrorException">The page cannot be had.</exception>
    public static XElement Of(Bucket bucket, IReadOnlyDictionary<string, string> query, XNamespace space, Func<DateTime, string> time)
    {
        var prefix = query.GetValueOrDefault("prefix", "");
        var delimiter = query.GetValueOrDefault("delimiter", "");
        var most = MaxKeys(query.GetValueOrDefault("max-keys"));
        var after = query.TryGetValue("continuation-token", out var token) ? KeyIn(token) : query.GetValueOrDefault("start-after", "");
        var isUrl = query.ContainsKey("encoding-type");
        var (contents, groups, last, isCut) = (new List<StoredObject>(), new SortedSet<string>(StringComparer.Ordinal), after, false);
        foreach (var item in bucket.Latest.Where(item => item.Key.StartsWith(prefix, StringComparison.Ordinal) && string.CompareOrdinal(item.Key, after) > 0))
        {
            var end = delimiter.Length == 0 ? -1 : item.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var group = end < 0 ? null : item.Key[..(end + delimiter.Length)];
            if (group is not null && groups.Contains(group))
            {
                last = item.Key;
                continue;
            }

            if (contents.Count + groups.Count == most)
            {
                // A page of none is no page of a longer list.
                isCut = most > 0;
                break;
            }

            last = item.Key;
            if (group is null)
            {
                contents.Add(item);
            }
            else
            {
                groups.Add(group);
            }
        }

        string Shown(string text) => isUrl ? UrlText.Encode(text, keepSlash: true) : text;
        return new XElement(
            space + "ListBucketResult",
            new XElement(space + "Name", bucket.Name),
            new XElement(space + "Prefix", Shown(prefix)),
            delimiter.Length == 0 ? null : new XElement(space + "Delimiter", Shown(delimiter)),
            new XElement(space + "MaxKeys", most),
            isUrl ? new XElement(space + "EncodingType", "url") : null,
            new XElement(space + "KeyCount", contents.Count + groups.Count),
            query.TryGetValue("start-after", out var startAfter) ? new XElement(space + "StartAfter", Shown(startAfter)) : null,
            token is null ? null : new XElement(space + "ContinuationToken", token),
            new XElement(space + "IsTruncated", isCut ? "true" : "false"),
            isCut ? new XElement(space + "NextContinuationToken", Convert.ToBase64String(Encoding.UTF8.GetBytes("after:" + last))) : null,
            contents.Select(item => new XElement(
                space + "Contents",
                new XElement(space + "Key", Shown(item.Key)),
                new XElement(space + "LastModified", time(item.Modified)),
                new XElement(space + "ETag", item.ETag),
                new XElement(space + "Size", item.Size),
                new XElement(space + "StorageClass", "STANDARD"))),
            groups.Select(group => new XElement(space + "CommonPrefixes", new XElement(space + "Prefix", Shown(group)))));
    }

    internal static int MaxKeys(string? said)
    {
        if (said is null)
        {
            return LargestPage;
        }

        return int.TryParse(said, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? Math.Min(number, LargestPage)
            : throw new AwsErrorException("InvalidArgument", "Argument maxKeys must be an integer between 0 and 2147483647");
    }

    private static string KeyIn(string token)
    {
        var bytes = new byte[token.Length];
        return Convert.TryFromBase64String(token, bytes, out var length) && Encoding.UTF8.GetString(bytes, 0, length) is var text && text.StartsWith("after:", StringComparison.Ordinal)
            ? text["after:".Length..]
            : throw new AwsErrorException("InvalidArgument", "The continuation token provided is incorrect");
    }
}
