using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
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
        Converters = { new JsonStringEnumConverter(), new SecondsConverter(), new MetricConverter(), new RunConverter() },
    };

    public static byte[] Write(Scorecard scorecard) => JsonSerializer.SerializeToUtf8Bytes(scorecard, Json);

    private sealed class SecondsConverter : JsonConverter<TimeSpan>
    {
        public override TimeSpan Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => TimeSpan.FromSeconds(reader.GetDouble());

        public override void Write(Utf8JsonWriter writer, TimeSpan value, JsonSerializerOptions options) => writer.WriteNumberValue(value.TotalSeconds);
    }

    private sealed class MetricConverter : JsonConverter<Metric>
    {
        public override Metric? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var name = reader.GetString();
            return Metric.All.FirstOrDefault(metric => metric.Name == name);
        }

        public override void Write(Utf8JsonWriter writer, Metric value, JsonSerializerOptions options) => writer.WriteStringValue(value.Name);
    }

    // Of the runs only what is drawn and listed: the ledger itself is exported by another command.
    private sealed class RunConverter : JsonConverter<LedgerRun>
    {
        public override LedgerRun? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, LedgerRun value, JsonSerializerOptions options) => JsonSerializer.Serialize(
            writer,
            new { value.RunId, value.StartedAt, value.Outcome, value.Reason, value.Recovery, value.WritesLost, value.LossAge, value.TimeToDetect, value.DetectedBy, value.Availability },
            options);
    }
}
