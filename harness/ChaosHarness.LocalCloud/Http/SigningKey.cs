using System.Security.Cryptography;
using System.Text;

namespace ChaosHarness.LocalCloud.Http;

/// <summary>The key that Signature Version 4 makes of a secret for a day, a region and a service.</summary>
internal static class SigningKey
{
    public static byte[] Of(string secret, string date, string region, string service)
    {
        var forDate = HMACSHA256.HashData(Encoding.UTF8.GetBytes("AWS4" + secret), Encoding.UTF8.GetBytes(date));
        var inRegion = HMACSHA256.HashData(forDate, Encoding.UTF8.GetBytes(region));
        var forService = HMACSHA256.HashData(inRegion, Encoding.UTF8.GetBytes(service));
        return HMACSHA256.HashData(forService, "aws4_request"u8);
    }

    public static string Sign(byte[] key, string text) => Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text)));

    public static string Hash(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    public static string Hash(string text) => Hash(Encoding.UTF8.GetBytes(text));
}
