using System.Text.Json;
using System.Text.Json.Serialization;
using ChaosHarness.Checkers;

namespace ChaosHarness.Journals;

/// <summary>A unit is its symbol.</summary>
internal sealed class UnitConverter : JsonConverter<Unit>
{
    public override Unit Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, Unit value, JsonSerializerOptions options) => writer.WriteStringValue(value.Symbol);
}
