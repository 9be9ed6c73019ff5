using System.Text.Json;

namespace ChaosHarness.Aws.Tests.Policies;

/// <summary>A statement of a policy of IAM.</summary>
internal sealed record Statement(string Sid, IReadOnlyList<string> Actions, IReadOnlyList<string> Resources, string Conditions)
{
    public static IReadOnlyList<Statement> Read(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.GetProperty("Statement").EnumerateArray().Select(statement => new Statement(
            statement.TryGetProperty(nameof(Sid), out var sid) ? sid.GetString()! : "",
            Texts(statement.GetProperty("Action")),
            Texts(statement.GetProperty("Resource")),
            statement.TryGetProperty("Condition", out var condition) ? condition.GetRawText() : ""))];
    }

    /// <summary>What changes nothing may see everything.</summary>
    public IEnumerable<string> Changes => Actions.Where(action => action.Split(':')[1] is var name
        && !name.StartsWith("Describe", StringComparison.Ordinal) && !name.StartsWith("List", StringComparison.Ordinal) && !name.StartsWith("Get", StringComparison.Ordinal));

    private static IReadOnlyList<string> Texts(JsonElement value) => value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => item.GetString()!)] : [value.GetString()!];
}
