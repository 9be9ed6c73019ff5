using System.Text.Json;

namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>A value of JSON, and where it begins.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="At">Where it begins in the text.</param>
internal sealed record TextNode(JsonTokenType Kind, int At)
{
    /// <summary>A text, or a number as it is written.</summary>
    public string? Value { get; init; }

    /// <summary>The members of an object, in their order; a name may come twice.</summary>
    public List<TextMember> Members { get; } = [];

    /// <summary>The entries of a list.</summary>
    public List<TextNode> Items { get; } = [];

    /// <summary>What it is, for people.</summary>
    public string Name => Kind switch
    {
        JsonTokenType.StartObject => "an object",
        JsonTokenType.StartArray => "a list",
        JsonTokenType.String => "a text",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        _ => "true or false",
    };
}
