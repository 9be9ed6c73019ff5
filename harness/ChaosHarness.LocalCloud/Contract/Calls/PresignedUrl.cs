using System.Globalization;
using ChaosHarness.LocalCloud.Http;

namespace ChaosHarness.LocalCloud.Contract.Calls;

/// <summary>A URL that carries its signature: whoever has it may use it, for a time.</summary>
internal sealed record PresignedUrl(string Method, string Path)
{
    public string Expires { get; init; } = "60";

    public TimeSpan SignedAgo { get; init; }

    public async Task<Uri> MakeAsync(ContractAccount account)
    {
        var credentials = await account.Credentials.GetCredentialsAsync();
        var url = account.Account.Endpoint ?? new Uri($"https://s3.{account.Account.Region}.amazonaws.com");
        var stamp = (DateTime.UtcNow - SignedAgo).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{stamp[..8]}/{account.Account.Region}/s3/aws4_request";
        var query = $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={UrlText.Encode($"{credentials.AccessKey}/{scope}")}&X-Amz-Date={stamp}&X-Amz-Expires={Expires}"
            + (credentials.UseToken ? $"&X-Amz-Security-Token={UrlText.Encode(credentials.Token)}" : "")
            + "&X-Amz-SignedHeaders=host";
        var canonical = $"{Method}\n{Path}\n{query}\nhost:{url.Authority}\n\nhost\nUNSIGNED-PAYLOAD";
        var key = SigningKey.Of(credentials.SecretKey, stamp[..8], account.Account.Region, "s3");
        return new Uri(url, $"{Path}?{query}&X-Amz-Signature={SigningKey.Sign(key, $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{SigningKey.Hash(canonical)}")}");
    }

    /// <summary>Uses it, as it is or changed, for its method or another.</summary>
    public async Task<RawAnswer> UseAsync(ContractAccount account, string body = "", string? method = null, Func<string, string>? change = null)
    {
        var url = (await MakeAsync(account)).AbsoluteUri;
        return await RawAnswer.OfAsync(method ?? Method, new Uri(change is null ? url : change(url)), body, []);
    }
}
