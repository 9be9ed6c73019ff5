using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>A text that something else knows how to read.</summary>
/// <param name="what">What it is, such as <c>a duration</c>.</param>
/// <param name="example">One of them.</param>
/// <param name="parse">Reads it; a <see cref="FormatException"/> says why not.</param>
internal sealed class ParsedForm<T>(string what, string example, Func<string, T> parse) : Form<T>
{
    /// <summary>Whether <c>${NAME}</c> in it is a variable of the environment.</summary>
    public bool HasVariables { get; init; }

    /// <summary>Whether a number is written so too.</summary>
    public bool IsNumber { get; init; }

    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlText { Value: var written } || string.IsNullOrWhiteSpace(written))
        {
            reading.Mistakes.Add(node.At, $"{node.Kind} stands where {what} belongs, such as {example}.");
            return false;
        }

        if (HasVariables && !Variables.TryFill(node.At, reading, ref written))
        {
            return false;
        }

        try
        {
            value = parse(written);
            return true;
        }
        catch (FormatException exception)
        {
            reading.Mistakes.Add(node.At, exception.Message);
            return false;
        }
    }

    public override JsonObject Schema(SchemaWriter schema) => new()
    {
        ["type"] = IsNumber ? new JsonArray("string", "number") : "string",
        ["minLength"] = 1,
        ["examples"] = new JsonArray(example),
    };
}
