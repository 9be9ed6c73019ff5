using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace ChaosHarness.LocalCloud.Tests.Models;

/// <summary>Walks through answers beside the model of their service: every member has to be one of the model's, with a value of its type.</summary>
internal sealed class AnswerWalk(JsonElement model)
{
    private readonly List<string> _mistakes = [];

    public IReadOnlyList<string> Mistakes => _mistakes;

    public int Values { get; private set; }

    public void Json(string operation, byte[] body)
    {
        using var document = JsonDocument.Parse(body);
        if (Output(operation) is { } output)
        {
            Json(output.GetProperty("shape").GetString()!, document.RootElement, operation);
        }
    }

    public void Xml(string operation, byte[] body)
    {
        using var stream = new MemoryStream(body);
        var document = XElement.Load(stream);
        Expect(document.Name.LocalName == operation + "Response", $"{operation} answers with {document.Name.LocalName}");
        Expect(document.Element(document.Name.Namespace + "ResponseMetadata")?.Element(document.Name.Namespace + "RequestId") is not null, $"{operation} has no request id");
        if (Output(operation) is { } output)
        {
            var wrapper = output.GetProperty("resultWrapper").GetString()!;
            if (document.Element(document.Name.Namespace + wrapper) is { } result)
            {
                Xml(output.GetProperty("shape").GetString()!, result, operation);
            }
            else
            {
                _mistakes.Add($"{operation} has no {wrapper}");
            }
        }
    }

    private JsonElement? Output(string operation) =>
        model.GetProperty("operations").TryGetProperty(operation, out var found) && found.TryGetProperty("output", out var output) ? output : null;

    private JsonElement Shape(string name) => model.GetProperty("shapes").GetProperty(name);

    private void Json(string name, JsonElement value, string path)
    {
        var shape = Shape(name);
        Values++;
        switch (shape.GetProperty("type").GetString())
        {
            case "structure":
                foreach (var member in Objects(value, path))
                {
                    if (Member(shape, member.Name) is { } known)
                    {
                        Json(known.GetProperty("shape").GetString()!, member.Value, $"{path}.{member.Name}");
                    }
                    else
                    {
                        _mistakes.Add($"{path}.{member.Name} is not in the model");
                    }
                }

                break;
            case "map":
                foreach (var member in Objects(value, path))
                {
                    Json(shape.GetProperty("value").GetProperty("shape").GetString()!, member.Value, $"{path}.{member.Name}");
                }

                break;
            case "list":
                foreach (var item in value.EnumerateArray())
                {
                    Json(shape.GetProperty("member").GetProperty("shape").GetString()!, item, path);
                }

                break;
            case "timestamp" or "integer" or "long" or "double":
                Expect(value.ValueKind == JsonValueKind.Number, $"{path} is no number");
                break;
            case "boolean":
                Expect(value.ValueKind is JsonValueKind.True or JsonValueKind.False, $"{path} is neither true nor false");
                break;
            default:
                Expect(value.ValueKind == JsonValueKind.String, $"{path} is no text");
                Text(shape, value.ToString(), path);
                break;
        }
    }

    private void Xml(string name, XElement value, string path)
    {
        var shape = Shape(name);
        Values++;
        switch (shape.GetProperty("type").GetString())
        {
            case "structure":
                foreach (var element in value.Elements())
                {
                    if (Member(shape, element.Name.LocalName) is { } known)
                    {
                        Xml(known.GetProperty("shape").GetString()!, element, $"{path}.{element.Name.LocalName}");
                    }
                    else
                    {
                        _mistakes.Add($"{path}.{element.Name.LocalName} is not in the model");
                    }
                }

                break;
            case "list":
                var member = shape.GetProperty("member");
                var item = member.TryGetProperty("locationName", out var given) ? given.GetString() : "member";
                foreach (var element in value.Elements())
                {
                    Expect(element.Name.LocalName == item, $"an entry of {path} is called {element.Name.LocalName} and not {item}");
                    Xml(member.GetProperty("shape").GetString()!, element, path);
                }

                break;
            case "timestamp":
                Expect(DateTime.TryParseExact(value.Value, "yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture, DateTimeStyles.None, out _), $"{path} is no time: {value.Value}");
                break;
            case "integer" or "long":
                Expect(long.TryParse(value.Value, CultureInfo.InvariantCulture, out _), $"{path} is no number: {value.Value}");
                break;
            case "boolean":
                Expect(value.Value is "true" or "false", $"{path} is neither true nor false: {value.Value}");
                break;
            default:
                Text(shape, value.Value, path);
                break;
        }
    }

    private JsonElement.ObjectEnumerator Objects(JsonElement value, string path)
    {
        Expect(value.ValueKind == JsonValueKind.Object, $"{path} is no object");
        return value.ValueKind == JsonValueKind.Object ? value.EnumerateObject() : default;
    }

    private static JsonElement? Member(JsonElement structure, string name)
    {
        foreach (var member in structure.GetProperty("members").EnumerateObject())
        {
            if ((member.Value.TryGetProperty("locationName", out var location) ? location.GetString() : member.Name) == name)
            {
                return member.Value;
            }
        }

        return null;
    }

    private void Text(JsonElement shape, string value, string path) =>
        Expect(!shape.TryGetProperty("enum", out var values) || values.EnumerateArray().Any(known => known.GetString() == value), $"{path} has a value that is not in the model: {value}");

    private void Expect(bool holds, string mistake)
    {
        if (!holds)
        {
            _mistakes.Add(mistake);
        }
    }
}
