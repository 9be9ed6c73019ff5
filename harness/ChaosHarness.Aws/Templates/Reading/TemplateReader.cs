using System.Globalization;
using System.Text.Json;
using Amazon.FIS.Model;
using ChaosHarness.Aws.Wire;

namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>Reads a request of FIS from JSON, and finds at once everything in it that FIS would not take.</summary>
internal sealed class TemplateReader
{
    private const string Wrapper = "experimentTemplate";

    // What FIS says of a template that it has; whoever makes one cannot set them.
    private static readonly HashSet<string> ReadOnly =
    [
        .. WireShape.Of(typeof(ExperimentTemplate)).ByName.Keys.Except(WireShape.Of(typeof(CreateExperimentTemplateRequest)).ByName.Keys, StringComparer.Ordinal),
    ];

    private readonly List<TemplateMistake> _mistakes = [];
    private readonly TemplatePlaces _places;

    private TemplateReader(TemplateText text) => _places = new TemplatePlaces(text);

    /// <exception cref="InvalidTemplateException">The text is no JSON, or something else altogether.</exception>
    public static (CreateExperimentTemplateRequest Request, IReadOnlyList<TemplateMistake> Mistakes, TemplatePlaces Places) Read(TemplateText text)
    {
        var root = TextParser.Parse(text);
        if (OtherFormats.Find(root) is var (at, what))
        {
            throw new InvalidTemplateException([text.Say(at, what)]);
        }

        var reader = new TemplateReader(text);
        var request = new CreateExperimentTemplateRequest();
        reader._places.Add("", root.At, root.At);
        if (root.Members.Find(member => member.Name == Wrapper) is { Value.Kind: JsonTokenType.StartObject } wrapped && !root.Members.Exists(member => member.Name is "actions" or "targets"))
        {
            // As `aws fis get-experiment-template` prints it.
            reader.Unique("", root);
            foreach (var other in root.Members.Where(member => member.Name != Wrapper))
            {
                reader.Unknown(other.Name, other, [Wrapper]);
            }

            reader.Structure("", wrapped.Value, request, ReadOnly);
        }
        else
        {
            reader.Structure("", root, request, ReadOnly);
        }

        return (request, reader._mistakes, reader._places);
    }

    private void Structure(string path, TextNode node, object shape, HashSet<string>? passedOver = null)
    {
        var known = WireShape.Of(shape.GetType()).ByName;
        Unique(path, node);
        foreach (var member in node.Members)
        {
            var inner = Join(path, member.Name);
            _places.Add(inner, member.At, member.Value.At);
            if (known.TryGetValue(member.Name, out var wire) && wire.Wire.Location == WireLocation.Body)
            {
                if (Value(inner, member.Value, WireShape.Plain(wire.Type)) is { } value)
                {
                    wire.Set(shape, value);
                }
            }
            else if (passedOver?.Contains(member.Name) is not true)
            {
                Unknown(inner, member, known.Keys);
            }
        }
    }

    private object? Value(string path, TextNode node, Type type)
    {
        if (node.Kind == JsonTokenType.Null)
        {
            return Wrong(path, "null is not allowed here. Leave the member out");
        }

        if (WireShape.IsList(type))
        {
            return node.Kind == JsonTokenType.StartArray ? List(path, node, type) : Wrong(path, $"a list is expected, and not {node.Name}");
        }

        if (WireShape.IsMap(type))
        {
            return node.Kind == JsonTokenType.StartObject ? Map(path, node, type) : Wrong(path, $"an object is expected, and not {node.Name}");
        }

        if (WireShape.IsStructure(type))
        {
            if (node.Kind != JsonTokenType.StartObject)
            {
                return Wrong(path, $"an object is expected, and not {node.Name}");
            }

            var structure = WireShape.Of(type).Create();
            Structure(path, node, structure);
            return structure;
        }

        return Simple(path, node, type);
    }

    private object List(string path, TextNode node, Type type)
    {
        var list = WireShape.NewList(type);
        foreach (var item in node.Items)
        {
            var inner = Join(path, (list.Count + 1).ToString(CultureInfo.InvariantCulture));
            _places.Add(inner, item.At, item.At);
            if (Value(inner, item, WireShape.Plain(type.GenericTypeArguments[0])) is { } value)
            {
                list.Add(value);
            }
        }

        return list;
    }

    private object Map(string path, TextNode node, Type type)
    {
        var map = WireShape.NewMap(type);
        Unique(path, node);
        foreach (var member in node.Members)
        {
            var inner = Join(path, member.Name);
            _places.Add(inner, member.At, member.Value.At);
            if (Value(inner, member.Value, WireShape.Plain(type.GenericTypeArguments[1])) is { } value)
            {
                map[member.Name] = value;
            }
        }

        return map;
    }

    private object? Simple(string path, TextNode node, Type type)
    {
        if (type == typeof(bool))
        {
            return node.Kind is JsonTokenType.True or JsonTokenType.False ? node.Kind == JsonTokenType.True : Wrong(path, $"true or false is expected, and not {node.Name}");
        }

        if (type == typeof(int))
        {
            return node.Kind == JsonTokenType.Number && int.TryParse(node.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
                ? number
                : Wrong(path, $"a whole number is expected, and not {(node.Kind == JsonTokenType.Number ? node.Value : node.Name)}");
        }

        return node.Kind == JsonTokenType.String
            ? WireShape.FromText(node.Value!, type)
            : Wrong(path, $"a text is expected, and not {node.Name}{(node.Value is { } value ? $". Write \"{value}\"" : "")}");
    }

    private void Unique(string path, TextNode node)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in node.Members.Where(member => !seen.Add(member.Name)))
        {
            _mistakes.Add(new TemplateMistake(Join(path, member.Name), "this comes twice, and only one of them would count") { At = member.At });
        }
    }

    private void Unknown(string path, TextMember member, IEnumerable<string> known)
    {
        var hint = _mistakes.Count < TemplatePlaces.MostShown ? Likeness.Hint(member.Name, known) : "";
        _mistakes.Add(new TemplateMistake(path, $"FIS knows no such member{hint}") { At = member.At });
    }

    private object? Wrong(string path, string what)
    {
        _mistakes.Add(new TemplateMistake(path, what));
        return null;
    }

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
