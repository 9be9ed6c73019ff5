using System.Buffers;
using System.Collections;
using System.Text.Json;
using Amazon.Runtime;

namespace ChaosHarness.Aws.Wire;

/// <summary>Shapes as JSON. Times are seconds since 1970, with a fraction.</summary>
internal static class WireJson
{
    /// <summary>Writes what of a shape belongs in the body.</summary>
    public static byte[] Write(object shape)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            WriteStructure(writer, shape);
        }

        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>The same content in another shape: what a template is made from, the template and the experiment call their members alike.</summary>
    public static T Reshape<T>(object shape)
        where T : new()
    {
        var copy = new T();
        using var json = JsonDocument.Parse(Write(shape));
        ReadInto(json.RootElement, copy);
        return copy;
    }

    /// <summary>Reads the members that are there into a shape; those it does not know are passed over.</summary>
    /// <exception cref="FormatException">A value has the wrong type; says which.</exception>
    public static void ReadInto(JsonElement json, object shape)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            throw new FormatException($"an object is expected, not {json.ValueKind}");
        }

        foreach (var member in WireShape.Of(shape.GetType()).Members.Where(member => member.Wire.Location == WireLocation.Body))
        {
            if (json.TryGetProperty(member.Name, out var value) && value.ValueKind != JsonValueKind.Null)
            {
                try
                {
                    member.Set(shape, Read(value, member.Type));
                }
                catch (Exception exception) when (exception is InvalidOperationException or FormatException)
                {
                    throw new FormatException($"{member.Name}: {exception.Message}", exception);
                }
            }
        }
    }

    private static void WriteStructure(Utf8JsonWriter writer, object shape)
    {
        writer.WriteStartObject();
        foreach (var member in WireShape.Of(shape.GetType()).Members)
        {
            if (member.Wire.Location == WireLocation.Body && member.Get(shape) is { } value)
            {
                writer.WritePropertyName(member.Name);
                WriteValue(writer, value);
            }
        }

        writer.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int or long:
                writer.WriteNumberValue(Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case DateTime time:
                writer.WriteNumberValue((decimal)(time.ToUniversalTime() - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond);
                break;
            case ConstantClass constant:
                writer.WriteStringValue(constant.Value);
                break;
            case IDictionary map:
                writer.WriteStartObject();
                foreach (DictionaryEntry entry in map)
                {
                    writer.WritePropertyName((string)entry.Key);
                    WriteValue(writer, entry.Value!);
                }

                writer.WriteEndObject();
                break;
            case IList list:
                writer.WriteStartArray();
                foreach (var item in list)
                {
                    WriteValue(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                WriteStructure(writer, value);
                break;
        }
    }

    private static object Read(JsonElement json, Type type)
    {
        if (json.ValueKind == JsonValueKind.Null)
        {
            throw new FormatException("null is no entry of a list or map");
        }

        var plain = WireShape.Plain(type);
        if (WireShape.IsList(plain))
        {
            var list = WireShape.NewList(plain);
            foreach (var item in json.EnumerateArray())
            {
                list.Add(Read(item, plain.GenericTypeArguments[0]));
            }

            return list;
        }

        if (WireShape.IsMap(plain))
        {
            var map = WireShape.NewMap(plain);
            foreach (var entry in json.EnumerateObject())
            {
                map[entry.Name] = Read(entry.Value, plain.GenericTypeArguments[1]);
            }

            return map;
        }

        if (WireShape.IsStructure(plain))
        {
            var structure = WireShape.Of(plain).Create();
            ReadInto(json, structure);
            return structure;
        }

        return plain switch
        {
            _ when plain == typeof(bool) => json.GetBoolean(),
            _ when plain == typeof(int) => json.GetInt32(),
            _ when plain == typeof(long) => json.GetInt64(),
            _ when plain == typeof(double) => json.GetDouble(),
            _ when plain == typeof(DateTime) => DateTime.UnixEpoch.AddTicks((long)(json.GetDecimal() * TimeSpan.TicksPerSecond)),
            _ => WireShape.FromText(json.GetString()!, plain),
        };
    }
}
