using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Reports.Pages;

/// <summary>Everything that the scorecard shows, for programs. Durations are seconds; what never ended is the text <c>Infinity</c>.</summary>
internal static class ScorecardJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        Converters =
        {
            new JsonStringEnumConverter(),
            new Written<TimeSpan>((writer, time, _) => writer.WriteNumberValue(time.TotalSeconds)),
            new Written<Metric>((writer, metric, _) => writer.WriteStringValue(metric.Title)),
            // Of the runs only what is drawn and listed: the ledger itself is exported by another command.
            new Written<LedgerRun>((writer, run, options) => JsonSerializer.Serialize(
                writer,
                Of(run, run.Headlines),
                options)),
        },
    };

    public static byte[] Write(Scorecard scorecard) => JsonSerializer.SerializeToUtf8Bytes(scorecard, Json);

    private static object Of(LedgerRun run, Headlines headlines) => new
    {
        run.RunId,
        run.StartedAt,
        run.Outcome,
        run.Reason,
        headlines.Recovery,
        headlines.WritesLost,
        headlines.LossAge,
        headlines.TimeToDetect,
        headlines.DetectedBy,
        Availability = headlines.Availability is { } ratio ? new { headlines.Good, headlines.Due, Ratio = ratio } : null,
    };

    private sealed class Written<T>(Action<Utf8JsonWriter, T, JsonSerializerOptions> write) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("A scorecard is written, never read.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => write(writer, value, options);
    }
}
