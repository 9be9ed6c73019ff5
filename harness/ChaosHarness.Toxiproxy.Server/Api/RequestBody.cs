using System.Buffers;
using System.Text;
using System.Text.Json;
using ChaosHarness.Toxiproxy.Server.Proxies;
using Microsoft.AspNetCore.Http;

namespace ChaosHarness.Toxiproxy.Server.Api;

/// <summary>Reads a request's JSON by the rules of the original: only the first value counts, whatever the content type says.</summary>
internal static class RequestBody
{
    /// <summary>The most bytes a request may have.</summary>
    public const int MaximumLength = 16 * 1024 * 1024;

    public static async Task<JsonElement> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(cancellationToken).ConfigureAwait(false);
            if (read.IsCompleted)
            {
                var utf8 = read.Buffer.ToArray();
                request.BodyReader.AdvanceTo(read.Buffer.End);
                return Parse(utf8);
            }

            request.BodyReader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    /// <summary>Parses the first JSON value.</summary>
    /// <param name="utf8">The text.</param>
    /// <returns>The value.</returns>
    /// <exception cref="RefusedException">There is none.</exception>
    public static JsonElement Parse(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Trim(" \t\r\n"u8).IsEmpty)
        {
            throw RefusedException.BadBody("EOF");
        }

        try
        {
            // Text that is not UTF-8 would only fail later, where a string is read.
            _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetCharCount(utf8);
            var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { AllowMultipleValues = true });
            using var document = JsonDocument.ParseValue(ref reader);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            throw RefusedException.BadBody(exception.Message);
        }
        catch (DecoderFallbackException)
        {
            throw RefusedException.BadBody("invalid UTF-8");
        }
    }
}
