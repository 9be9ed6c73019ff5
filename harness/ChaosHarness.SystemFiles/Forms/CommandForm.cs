using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Nodes;
using ChaosHarness.SystemFiles.Schemas;
using ChaosHarness.SystemFiles.Yaml;

namespace ChaosHarness.SystemFiles.Forms;

/// <summary>A program and its arguments: a list, or one line in which blanks part them unless they are quoted. There is no shell, so nothing else means anything.</summary>
internal sealed class CommandForm : Form<IReadOnlyList<string>>
{
    public override bool TryRead(YamlNode node, Reading reading, [MaybeNullWhen(false)] out IReadOnlyList<string> value)
    {
        value = node switch
        {
            YamlText text => Words(text.Value),
            YamlList list when list.Items.All(item => item is YamlText) => [.. list.Items.Cast<YamlText>().Select(item => item.Value)],
            _ => [],
        };
        if (value is not [{ Length: > 0 }, ..] || value.Any(word => word.Contains('\0')))
        {
            reading.Mistakes.Add(node.At, $"{(value is null ? "a quotation mark is not closed" : $"{node.Kind} stands")} where a program and its arguments belong, such as [systemctl, start, orders].");
            value = null;
            return false;
        }

        // A path is meant from where the file is; a name is looked for on the PATH.
        value = Path.GetDirectoryName(value[0]) is { Length: > 0 } ? [Path.GetFullPath(value[0], reading.Folder), .. value.Skip(1)] : value;
        return true;
    }

    public override JsonObject Schema(SchemaWriter schema) => new()
    {
        ["anyOf"] = new JsonArray(
            new JsonObject { ["type"] = "string", ["minLength"] = 1 },
            new JsonObject { ["type"] = "array", ["minItems"] = 1, ["items"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") } }),
    };

    /// <summary>The words of a line; null when a quotation mark is not closed.</summary>
    internal static IReadOnlyList<string>? Words(string line)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var (isWord, quote) = (false, '\0');
        foreach (var character in line)
        {
            if (quote != '\0')
            {
                (quote, isWord) = (character == quote ? '\0' : quote, true);
                _ = quote == '\0' ? word : word.Append(character);
            }
            else if (character is '"' or '\'')
            {
                (quote, isWord) = (character, true);
            }
            else if (!char.IsWhiteSpace(character))
            {
                isWord = true;
                word.Append(character);
            }
            else if (isWord)
            {
                words.Add(word.ToString());
                word.Clear();
                isWord = false;
            }
        }

        if (isWord)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? words : null;
    }
}
