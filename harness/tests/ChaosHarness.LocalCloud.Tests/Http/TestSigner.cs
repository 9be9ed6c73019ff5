using System.Security.Cryptography;
using System.Text;

namespace ChaosHarness.LocalCloud.Tests.Http;

/// <summary>Signs requests as the description of Signature Version 4 says, on its own.</summary>
internal static class TestSigner
{
    public static string Sign(string method, string path, string query, IReadOnlyDictionary<string, string> headers, string body, string stamp, string region, string service, CloudCredential credential)
    {
        var names = string.Join(';', headers.Keys.Order(StringComparer.Ordinal));
        var canonical = string.Join('\n', method, path, query, string.Concat(headers.OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}:{header.Value}\n")), names, Hex(SHA256.HashData(Encoding.UTF8.GetBytes(body))));
        var scope = $"{stamp[..8]}/{region}/{service}/aws4_request";
        var toSign = $"AWS4-HMAC-SHA256\n{stamp}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = Encoding.UTF8.GetBytes("AWS4" + credential.SecretKey);
        foreach (var part in scope.Split('/'))
        {
            key = HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(part));
        }

        return $"AWS4-HMAC-SHA256 Credential={credential.AccessKeyId}/{scope}, SignedHeaders={names}, Signature={Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)))}";
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
