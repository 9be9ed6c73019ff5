using System.Globalization;

namespace ChaosHarness.LocalCloud.Http;

/// <summary>A Signature Version 4 as it came: in a header, or in the query of a presigned URL.</summary>
internal sealed record Signature(string AccessKeyId, string Date, string Region, string Service, IReadOnlyList<string> SignedHeaders, string Hash)
{
    private const string Algorithm = "AWS4-HMAC-SHA256";

    public string Scope => $"{Date}/{Region}/{Service}/aws4_request";

    /// <summary>When it was signed, as it was said.</summary>
    public string? Stamp { get; private init; }

    public string? SessionToken { get; private init; }

    /// <summary>How long a presigned URL holds, as it was said; null for a signature in a header.</summary>
    public string? Expires { get; private init; }

    public bool IsPresigned { get; private init; }

    /// <summary>The signature of a request; null when it has none of this version.</summary>
    public static Signature? Of(ApiRequest request) => request.Query.GetValueOrDefault("X-Amz-Algorithm") == Algorithm ? FromQuery(request.Query) : FromHeader(request);

    private static Signature? FromHeader(ApiRequest request)
    {
        if (request.Header("Authorization") is not { } header || !header.StartsWith(Algorithm + " ", StringComparison.Ordinal))
        {
            return null;
        }

        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in header[(Algorithm.Length + 1)..].Split(',', StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals > 0)
            {
                parts[part[..equals]] = part[(equals + 1)..];
            }
        }

        return From(parts.GetValueOrDefault("Credential"), parts.GetValueOrDefault("SignedHeaders"), parts.GetValueOrDefault("Signature")) is { } signature
            ? signature with { Stamp = request.Header("X-Amz-Date"), SessionToken = request.Header("X-Amz-Security-Token") }
            : null;
    }

    private static Signature? FromQuery(IReadOnlyDictionary<string, string> query) =>
        From(query.GetValueOrDefault("X-Amz-Credential"), query.GetValueOrDefault("X-Amz-SignedHeaders"), query.GetValueOrDefault("X-Amz-Signature")) is { } signature
            ? signature with { Stamp = query.GetValueOrDefault("X-Amz-Date"), SessionToken = query.GetValueOrDefault("X-Amz-Security-Token"), Expires = query.GetValueOrDefault("X-Amz-Expires"), IsPresigned = true }
            : null;

    private static Signature? From(string? credential, string? headers, string? hash) =>
        credential?.Split('/') is [var key, var date, var region, var service, "aws4_request"] && headers is not null && hash is not null
            ? new Signature(key, date, region, service, headers.Split(';'), hash)
            : null;

    /// <summary>When a presigned URL ceases to hold; null when it does not say so as it must.</summary>
    public DateTime? Until(DateTime signedAt) =>
        int.TryParse(Expires, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 604_800 ? signedAt.AddSeconds(seconds) : null;
}
