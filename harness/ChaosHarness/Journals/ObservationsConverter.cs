using System.Text.Json.Serialization;
using System.Text.Json;
using ChaosHarness.Histories;
using ChaosHarness.Probes;

namespace ChaosHarness.Journals;

/// <summary>
/// Observations as rows of [number, due, sent, completed, verdict, detail]: a long run has hundreds of thousands of them,
/// and named members would make the file five times as large. The detail is left out when there is none.
/// </summary>
internal sealed class ObservationsConverter : JsonConverter<IReadOnlyList<Observation>>
{
    public override IReadOnlyList<Observation> Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var observations = new List<Observation>();
        Expect(ref reader, JsonTokenType.StartArray);
        while (Next(ref reader) != JsonTokenType.EndArray)
        {
            observations.Add(ReadRow(ref reader));
        }

        return observations;
    }

    public override void Write(Utf8JsonWriter writer, IReadOnlyList<Observation> value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var observation in value)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(observation.Number);
            writer.WriteNumberValue(Seconds(observation.Due));
            writer.WriteNumberValue(Seconds(observation.Sent));
            writer.WriteNumberValue(Seconds(observation.Completed));
            writer.WriteStringValue(observation.Verdict.ToString());
            if (observation.Detail is not null)
            {
                writer.WriteStringValue(observation.Detail);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
    }

    private static Observation ReadRow(ref Utf8JsonReader reader)
    {
        Expect(ref reader, JsonTokenType.StartArray);
        Next(ref reader);
        var number = reader.GetInt64();
        var due = Time(ref reader);
        var sent = Time(ref reader);
        var completed = Time(ref reader);
        Next(ref reader);
        var verdict = Enum.TryParse<OperationVerdict>(reader.GetString(), out var known) ? known : throw new JsonException("An observation has an unknown verdict.");
        string? detail = null;
        if (Next(ref reader) == JsonTokenType.String)
        {
            detail = reader.GetString();
            Next(ref reader);
        }

        Expect(ref reader, JsonTokenType.EndArray);
        return new Observation(number, due, sent, completed, verdict, detail);
    }

    private static decimal Seconds(TimeSpan time) => (decimal)time.Ticks / TimeSpan.TicksPerSecond;

    private static TimeSpan Time(ref Utf8JsonReader reader)
    {
        Next(ref reader);
        return TimeSpan.FromTicks((long)(reader.GetDecimal() * TimeSpan.TicksPerSecond));
    }

    private static JsonTokenType Next(ref Utf8JsonReader reader) => reader.Read() ? reader.TokenType : throw new JsonException("The observations end too soon.");

    private static void Expect(ref Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
        {
            throw new JsonException($"The observations are malformed: {token} was expected.");
        }
    }
}
