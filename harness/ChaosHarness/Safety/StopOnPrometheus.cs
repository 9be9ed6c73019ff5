using System.Globalization;
using System.Text.Json;
using ChaosHarness.Calls;

namespace ChaosHarness.Safety;

internal sealed record StopOnPrometheus(Uri Server, string Query, double Most) : StopCondition
{
    internal override string Name => $"Prometheus: {Query}";

    internal override async ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken)
    {
        var address = new Uri(Server.AbsoluteUri.TrimEnd('/') + "/api/v1/query?query=" + Uri.EscapeDataString(Query));
        using var answer = await PlainHttp.Unlimited.GetAsync(address, cancellationToken).ConfigureAwait(false);
        var text = await answer.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        var value = Largest(text) ?? throw new InvalidOperationException($"{Server} has no value of '{Query}' (HTTP {(int)answer.StatusCode}{(ErrorOf(text) is { } error ? $": {error}" : "")})");
        return new StopReading(value > Most ? string.Create(CultureInfo.InvariantCulture, $"'{Query}' is {value:0.###}, more than {Most:0.###}") : null, value, Most);
    }

    /// <summary>The largest of the values of an answer; null when it has none that is a number, as a series that is not there and one that is NaN have none.</summary>
    internal static double? Largest(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement is not { ValueKind: JsonValueKind.Object } root || !root.TryGetProperty("data", out var data) || data.ValueKind != JsonValueKind.Object
                || !data.TryGetProperty("result", out var result) || result.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            // One sample by itself, or a series each with its own.
            var isScalar = data.TryGetProperty("resultType", out var type) && type.ValueKind == JsonValueKind.String && type.GetString() == "scalar";
            var values = (isScalar ? [Number(result)] : result.EnumerateArray().Select(series => series.ValueKind == JsonValueKind.Object && series.TryGetProperty("value", out var sample) ? Number(sample) : null)).ToList();
            // A share of nothing, as of an instance without traffic, is no number and hides none.
            return values.Max();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static double? Number(JsonElement sample) =>
        sample.ValueKind == JsonValueKind.Array && sample.GetArrayLength() == 2 && sample[1].ValueKind == JsonValueKind.String
        && double.TryParse(sample[1].GetString() switch { "+Inf" => "Infinity", "-Inf" => "-Infinity", var text => text }, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && !double.IsNaN(value)
            ? value
            : null;

    private static string? ErrorOf(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty("error", out var error) && error.ValueKind == JsonValueKind.String ? error.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
