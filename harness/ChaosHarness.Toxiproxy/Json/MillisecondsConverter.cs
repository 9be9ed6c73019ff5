using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChaosHarness.Toxiproxy.Json;

/// <summary>Times as whole milliseconds.</summary>
internal sealed class MillisecondsConverter : JsonConverter<TimeSpan?>
{
    public override TimeSpan? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? null : TimeSpan.FromMilliseconds(reader.GetInt64());

    public override void Write(Utf8JsonWriter writer, TimeSpan? value, JsonSerializerOptions options)
    {
        if (value is { } time)
        {
            writer.WriteNumberValue((long)time.TotalMilliseconds);
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
