using System.Text.Json;
using ChaosHarness.Toxiproxy.Server.Proxies;

namespace ChaosHarness.Toxiproxy.Server.Json;

/// <summary>
/// The fields of a JSON object by the rules of the original: names match whatever their case, the last of two counts, unknown ones are ignored,
/// null leaves the default, and a value of another type is an error.
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _fields;

    public JsonFields(JsonElement element)
    {
        _fields = new Dictionary<string, JsonElement>(StringComparer.OrdinalIgnoreCase);
        if (element.ValueKind == JsonValueKind.Null)
        {
            return;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            throw RefusedException.BadBody($"cannot read {Kind(element)} as an object");
        }

        foreach (var property in element.EnumerateObject())
        {
            try
            {
                _fields[property.Name] = property.Value;
            }
            catch (InvalidOperationException)
            {
                throw RefusedException.BadBody("a name is not valid Unicode");
            }
        }
    }

    /// <summary>Whether there are no fields.</summary>
    public bool IsEmpty => _fields.Count == 0;

    public string? Text(string name)
    {
        try
        {
            return Find(name, JsonValueKind.String)?.GetString();
        }
        catch (InvalidOperationException)
        {
            throw RefusedException.BadBody($"{name} is not valid Unicode");
        }
    }

    public bool? Flag(string name) => Find(name, JsonValueKind.True, JsonValueKind.False)?.GetBoolean();

    public float? Share(string name) => Find(name, JsonValueKind.Number) is not { } number
        ? null
        : number.TryGetSingle(out var value) && float.IsFinite(value) ? value : throw RefusedException.BadBody($"{name} does not fit a 32 bit number");

    public decimal? Fraction(string name) => Find(name, JsonValueKind.Number) is not { } number
        ? null
        : number.TryGetDecimal(out var value) ? value : throw RefusedException.BadBody($"{name} is out of range");

    public long? Integer(string name) => Find(name, JsonValueKind.Number) is not { } number
        ? null
        : number.TryGetInt64(out var value) ? value : throw RefusedException.BadBody($"{name} must be an integer of 64 bits, not {number.GetRawText()}");

    /// <summary>A time in milliseconds, not negative.</summary>
    public TimeSpan? Milliseconds(string name) => Integer(name) switch
    {
        null => null,
        < 0 => throw RefusedException.BadBody($"{name} must not be negative"),

        // Longer than any timer takes, and than anyone waits.
        > int.MaxValue => throw RefusedException.BadBody($"{name} must be at most {int.MaxValue}"),
        var value => TimeSpan.FromMilliseconds(value.Value),
    };

    public JsonElement? Object(string name) => Find(name, JsonValueKind.Object);

    public JsonElement? Array(string name) => Find(name, JsonValueKind.Array);

    private static string Kind(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.False => "bool",
        var other => other.ToString().ToLowerInvariant(),
    };

    private JsonElement? Find(string name, params ReadOnlySpan<JsonValueKind> kinds)
    {
        if (!_fields.TryGetValue(name, out var value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return kinds.Contains(value.ValueKind)
            ? value
            : throw RefusedException.BadBody($"{name} cannot be {Kind(value)}, it must be {(kinds[0] == JsonValueKind.True ? "bool" : kinds[0].ToString().ToLowerInvariant())}");
    }
}
