using System.Text.Json;

namespace AwsClients;

/// <summary>A service as AWS describes it: operations and shapes.</summary>
internal sealed class ServiceModel(JsonElement root)
{
    public JsonElement Metadata { get; } = root.GetProperty("metadata");

    public string Protocol => Text(Metadata, "protocol") switch
    {
        "rest-json" => "RestJson",
        "rest-xml" => "RestXml",
        _ => "Query",
    };

    /// <summary>Whether there is one endpoint for all regions.</summary>
    public bool IsGlobal => Text(Metadata, "globalEndpoint") is not null;

    public IEnumerable<Operation> Operations => root.GetProperty("operations").EnumerateObject().Select(operation => new Operation(operation.Name, operation.Value)).OrderBy(operation => operation.Name, StringComparer.Ordinal);

    public static ServiceModel Load(string path) => new(JsonDocument.Parse(File.ReadAllText(path)).RootElement);

    public Shape Shape(string name) => new(name, root.GetProperty("shapes").GetProperty(name));

    public Shape ShapeOf(JsonElement reference) => Shape(reference.GetProperty("shape").GetString()!);

    public static string? Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.GetString() : null;
}

/// <summary>One call of a service.</summary>
internal sealed record Operation(string Name, JsonElement Definition)
{
    public string Method => Definition.GetProperty("http").GetProperty("method").GetString()!;

    public string Uri => Definition.GetProperty("http").GetProperty("requestUri").GetString()!;

    public string? Input => Named("input");

    public string? Output => Named("output");

    public IEnumerable<string> Errors => Definition.TryGetProperty("errors", out var errors) ? errors.EnumerateArray().Select(error => error.GetProperty("shape").GetString()!) : [];

    private string? Named(string part) => Definition.TryGetProperty(part, out var shape) ? shape.GetProperty("shape").GetString() : null;
}

/// <summary>A structure, list, map or simple value.</summary>
internal sealed record Shape(string Name, JsonElement Definition)
{
    public string Type => Definition.GetProperty("type").GetString()!;

    public bool IsEnumeration => Definition.TryGetProperty("enum", out _);

    public IEnumerable<string> Values => Definition.GetProperty("enum").EnumerateArray().Select(value => value.GetString()!);

    public IEnumerable<(string Name, JsonElement Reference)> Members =>
        Definition.TryGetProperty("members", out var members) ? members.EnumerateObject().Where(IsRead).Select(member => (member.Name, member.Value)) : [];

    // What comes in headers, such as where a new resource is, nobody needs who has its id.
    private static bool IsRead(JsonProperty member) => ServiceModel.Text(member.Value, "location") is not "header";

    public bool Requires(string member) => Definition.TryGetProperty("required", out var required) && required.EnumerateArray().Any(name => name.GetString() == member);
}
