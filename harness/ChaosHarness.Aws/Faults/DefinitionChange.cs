using System.Text.Json;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Faults;

/// <summary>Compares what was checked with what is to run: all that decides what is hit, how, and by what it is stopped.</summary>
internal static class DefinitionChange
{
    private static readonly HashSet<string> Deciding = ["targets", "actions", "stopConditions", "roleArn", "experimentOptions"];

    // What FIS fills in where nothing was said, and words for people.
    private static readonly HashSet<(string, string)> Defaults = [("experimentOptions.accountTargeting", "single-account"), ("experimentOptions.emptyTargetResolutionMode", "fail")];

    /// <returns>What differs, in words; null when nothing does.</returns>
    public static string? Between(CreateExperimentTemplateRequest before, object after)
    {
        var (old, now) = (Flat(before), Flat(WireJson.Reshape<CreateExperimentTemplateRequest>(after)));
        var changes = old.Keys.Union(now.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
            .Where(path => old.GetValueOrDefault(path) != now.GetValueOrDefault(path))
            .Select(path => $"{path} was {old.GetValueOrDefault(path) ?? "not there"} and is {now.GetValueOrDefault(path) ?? "not there"}")
            .ToList();
        return changes.Count == 0 ? null : string.Join("; ", changes);
    }

    private static Dictionary<string, string> Flat(CreateExperimentTemplateRequest definition)
    {
        using var json = JsonDocument.Parse(WireJson.Write(definition));
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in json.RootElement.EnumerateObject().Where(member => Deciding.Contains(member.Name)))
        {
            Flatten(member.Name, member.Value, flat);
        }

        foreach (var (path, value) in Defaults.Where(known => flat.GetValueOrDefault(known.Item1) == known.Item2))
        {
            flat.Remove(path);
        }

        return flat;
    }

    // No list of a template has an order that means something, and an empty one means as much as none.
    private static void Flatten(string path, JsonElement value, Dictionary<string, string> flat)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var member in value.EnumerateObject().Where(member => !(member.Name == "description" && path.StartsWith("actions.", StringComparison.Ordinal) && path.Count(letter => letter == '.') == 1)))
                {
                    Flatten($"{path}.{member.Name}", member.Value, flat);
                }

                break;
            case JsonValueKind.Array when value.GetArrayLength() > 0:
                flat[path] = string.Join(", ", value.EnumerateArray().Select(Text).Order(StringComparer.Ordinal));
                break;
            case JsonValueKind.Array:
                break;
            default:
                flat[path] = value.ToString();
                break;
        }
    }

    private static string Text(JsonElement item) => item.ValueKind != JsonValueKind.Object
        ? item.ToString()
        : "{" + string.Join(", ", item.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member =>
            $"{member.Name}: {(member.Value.ValueKind == JsonValueKind.Array ? string.Join(" or ", member.Value.EnumerateArray().Select(Text).Order(StringComparer.Ordinal)) : member.Value.ToString())}")) + "}";
}
