using System.Globalization;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Contract.Calls;

/// <summary>A request that is signed here and sent as it is: the SDK corrects what some cases do wrong by intent.</summary>
internal sealed record RawCall(string Service, string Method, string Path)
{
    public string Query { get; init; } = "";

    public string Body { get; init; } = "";

    /// <summary>What is sent in its place, after it was signed.</summary>
    public string? SentBody { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>Headers that are sent and not signed.</summary>
    public IReadOnlyDictionary<string, string> Unsigned { get; init; } = new Dictionary<string, string>();

    public bool SignsHost { get; init; } = true;

    public TimeSpan ClockOff { get; init; }

    public string? AccessKey { get; init; }

    public string? Secret { get; init; }

    public string? ScopeRegion { get; init; }

    public string? ScopeDate { get; init; }

    /// <summary>What is said of the hash of the body; null for the hash, empty for nothing.</summary>
    public string? PayloadHash { get; init; }

    /// <summary>Makes the body once the signature of the request is known, as chunks need it.</summary>
    public Func<Seal, string>? Seal { get; init; }

    public static RawCall Action(string service, string action, string version, string more = "") =>
        new(service, "POST", "/") { Body = $"Action={action}&Version={version}{more}", Headers = new Dictionary<string, string> { ["content-type"] = "application/x-www-form-urlencoded" } };

    public async Task<RawAnswer> SendAsync(ContractAccount account)
    {
        var credentials = await account.Credentials.GetCredentialsAsync();
        var url = account.Account.Endpoint ?? new Uri($"https://{Service}.{account.Account.Region}.amazonaws.com");
        var stamp = (DateTime.UtcNow + ClockOff).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var signed = new SortedDictionary<string, string>(StringComparer.Ordinal) { ["x-amz-date"] = stamp };
        foreach (var (name, value) in Headers)
        {
            signed[name] = value;
        }

        if (SignsHost)
        {
            signed["host"] = url.Authority;
        }

        if (credentials.UseToken && AccessKey is null)
        {
            signed["x-amz-security-token"] = credentials.Token;
        }

        var hash = PayloadHash ?? SigningKey.Hash(Body);
        if (Service == "s3" && hash.Length > 0)
        {
            signed["x-amz-content-sha256"] = hash;
        }

        var names = string.Join(';', signed.Keys);
        var date = ScopeDate ?? stamp[..8];
        var scope = $"{date}/{ScopeRegion ?? account.Account.Region}/{Service}/aws4_request";
        var canonical = $"{Method}\n{Path}\n{Query}\n{string.Concat(signed.Select(header => $"{header.Key}:{header.Value}\n"))}\n{names}\n{(hash.Length > 0 ? hash : SigningKey.Hash(Body))}";
        var key = SigningKey.Of(Secret ?? credentials.SecretKey, date, ScopeRegion ?? account.Account.Region, Service);
        var signature = SigningKey.Sign(key, $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{SigningKey.Hash(canonical)}");
        var body = Seal is { } seal ? seal(new Seal(key, stamp, scope, signature)) : SentBody ?? Body;
        return await RawAnswer.OfAsync(
            Method,
            new Uri(url, Path + (Query.Length > 0 ? "?" + Query : "")),
            body,
            signed.Where(header => header.Key != "host").Concat(Unsigned).Append(new("Authorization", $"AWS4-HMAC-SHA256 Credential={AccessKey ?? credentials.AccessKey}/{scope}, SignedHeaders={names}, Signature={signature}")));
    }
}

/// <summary>What the chunks of a body are signed with.</summary>
internal sealed record Seal(byte[] Key, string Stamp, string Scope, string Signature);
