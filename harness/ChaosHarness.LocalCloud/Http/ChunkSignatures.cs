namespace ChaosHarness.LocalCloud.Http;

/// <summary>The signatures of a chunked body: each is made over the one before it, the first over that of the request.</summary>
internal static class ChunkSignatures
{
    private static readonly string Nothing = SigningKey.Hash("");

    /// <summary>Whether all fit.</summary>
    public static bool Fit(ChunkedBody body, string stamp, string scope, string seed, byte[] key)
    {
        var before = seed;
        foreach (var (signature, content) in body.Chunks)
        {
            if (signature != SigningKey.Sign(key, $"AWS4-HMAC-SHA256-PAYLOAD\n{stamp}\n{scope}\n{before}\n{Nothing}\n{SigningKey.Hash(content.Span)}"))
            {
                return false;
            }

            before = signature;
        }

        if (!body.Trailers.TryGetValue("x-amz-trailer-signature", out var last))
        {
            return body.Trailers.Count == 0;
        }

        var trailers = string.Concat(body.Trailers.Where(trailer => trailer.Key != "x-amz-trailer-signature").Select(trailer => $"{trailer.Key.ToLowerInvariant()}:{trailer.Value}\n"));
        return last == SigningKey.Sign(key, $"AWS4-HMAC-SHA256-TRAILER\n{stamp}\n{scope}\n{before}\n{SigningKey.Hash(trailers)}");
    }
}
