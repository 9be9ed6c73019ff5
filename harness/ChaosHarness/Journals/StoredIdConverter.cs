using System.Text.Json;
using System.Text.Json.Serialization;
using ChaosHarness.Histories;

namespace ChaosHarness.Journals;

/// <summary>What a system calls something: a number as such, anything else as a text.</summary>
internal sealed class StoredIdConverter : JsonConverter<StoredId>
{
    public override StoredId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.Number => reader.GetInt64(),
        JsonTokenType.String => Guid.TryParseExact(reader.GetString(), "D", out var guid) ? guid : reader.GetString()!,
        _ => throw new JsonException("An id is a number or a text."),
    };

    public override void Write(Utf8JsonWriter writer, StoredId value, JsonSerializerOptions options)
    {
        if (value.Number is { } number)
        {
            writer.WriteNumberValue(number);
        }
        else
        {
            writer.WriteStringValue(value.ToString());
        }
    }
}
