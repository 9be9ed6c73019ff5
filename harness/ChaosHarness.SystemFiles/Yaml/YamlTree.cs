using System.Text;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ChaosHarness.SystemFiles.Yaml;

/// <summary>
/// Reads text into nodes with their places. Nothing is looked up, made or repeated for it: anchors, aliases and tags are mistakes, and depth and number are bounded, so
/// that a small file cannot become a large one.
/// </summary>
internal sealed class YamlTree
{
    internal const int MostDepth = 12;
    internal const int MostNodes = 200_000;
    private readonly Parser _parser;
    private readonly Mistakes _mistakes;
    private int _nodes;

    private YamlTree(string text, Mistakes mistakes)
    {
        _parser = new Parser(new StringReader(text));
        _mistakes = mistakes;
    }

    /// <summary>Reads text.</summary>
    /// <param name="text">The text of a file.</param>
    /// <param name="mistakes">Receives what is wrong with it as YAML.</param>
    /// <returns>Its only node; null when there is none, or it could not be read to its end.</returns>
    public static YamlNode? Read(string text, Mistakes mistakes)
    {
        var tree = new YamlTree(text, mistakes);
        try
        {
            return tree.Document();
        }
        catch (YamlException exception)
        {
            // What comes after it cannot be told.
            mistakes.Add(TabIn(text, exception) is { } tab ? tab : PlaceOf(exception.Start), Words(text, exception));
            return null;
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            // Of some texts the reader of YAML says so.
            mistakes.Add(tree._parser.Current is { } last ? PlaceOf(last.End) : new Place(1, 1), "this is no YAML from here on.");
            return null;
        }
        catch (TooLargeException exception)
        {
            mistakes.Add(exception.At, exception.Message);
            return null;
        }
    }

    private YamlNode? Document()
    {
        _parser.MoveNext();
        _parser.MoveNext();
        if (_parser.Current is not DocumentStart)
        {
            return null;
        }

        _parser.MoveNext();
        var node = Node(0);
        _parser.MoveNext();
        if (_parser.MoveNext() && _parser.Current is DocumentStart second)
        {
            _mistakes.Add(PlaceOf(second.Start), "a second document begins here, and a file describes one system; write it into a file of its own.");
        }

        return node;
    }

    private YamlNode Node(int depth)
    {
        // Of some texts the reader of YAML ends in the middle, without a word.
        var current = _parser.Current ?? throw new InvalidOperationException("The text ended within a value.");
        var at = PlaceOf(current.Start);
        if (depth > MostDepth)
        {
            throw new TooLargeException(at, $"what stands here is more than {MostDepth} levels deep, which nothing in a system file is.");
        }

        if (++_nodes > MostNodes)
        {
            throw new TooLargeException(at, $"the file has more than {MostNodes} values, which is the most that is read.");
        }

        Refuse(current, at);

        switch (current)
        {
            case SequenceStart:
                return List(at, depth);
            case MappingStart:
                return Map(at, depth);
            case Scalar scalar:
                _parser.MoveNext();
                return new YamlText(at, scalar.Style == ScalarStyle.Plain && scalar.Value is "~" or "null" ? "" : scalar.Value);
            default:
                _parser.MoveNext();
                return new YamlText(at, "");
        }
    }

    private void Refuse(ParsingEvent found, Place at)
    {
        if (found is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
        {
            _mistakes.Add(at, $"anchors and aliases (& and *) are not read, as a few of them can make a small file a huge one; write the value out.");
        }
        else if (found is NodeEvent { Tag: { IsEmpty: false } tag })
        {
            _mistakes.Add(at, $"tags such as {tag} are not read; leave it out.");
        }
    }

    private YamlList List(Place at, int depth)
    {
        var items = new List<YamlNode>();
        _parser.MoveNext();
        while (_parser.Current is not SequenceEnd)
        {
            items.Add(Node(depth + 1));
        }

        _parser.MoveNext();
        return new YamlList(at, items);
    }

    private YamlMap Map(Place at, int depth)
    {
        var entries = new List<YamlEntry>();
        var names = new Dictionary<string, Place>(StringComparer.Ordinal);
        _parser.MoveNext();
        while (_parser.Current is not MappingEnd)
        {
            var key = Node(depth + 1);
            var value = Node(depth + 1);
            if (key is not YamlText { Value.Length: > 0 } name)
            {
                _mistakes.Add(key.At, $"{key.Kind} stands where a name belongs.");
            }
            else if (!names.TryAdd(name.Value, name.At))
            {
                _mistakes.Add(name.At, $"'{name.Value}' stands here already, in line {names[name.Value].Line}; keep one of them.");
            }
            else
            {
                entries.Add(new YamlEntry(name, value));
            }
        }

        _parser.MoveNext();
        return new YamlMap(at, entries);
    }

    private static Place PlaceOf(Mark mark) => new((int)mark.Line, (int)mark.Column);

    private static Place? TabIn(string text, YamlException exception)
    {
        var first = (int)exception.Start.Line;
        var lines = text.Split('\n').Skip(first - 1).Take((int)exception.End.Line - first + 1);
        var tab = lines.Index().FirstOrDefault(line => line.Item.TakeWhile(char.IsWhiteSpace).Contains('\t'));
        return tab.Item is null ? null : new Place(first + tab.Index, tab.Item.IndexOf('\t', StringComparison.Ordinal) + 1);
    }

    private static string Words(string text, YamlException exception)
    {
        if (TabIn(text, exception) is not null)
        {
            return "the line is indented with a tab, which YAML does not allow; use blanks.";
        }

        var said = new StringBuilder(exception.Message.Split('\n')[0].Trim());
        if (said.Length > 0)
        {
            said[0] = char.ToLowerInvariant(said[0]);
        }

        return $"this is no YAML: {said.ToString().TrimEnd('.')}.";
    }

    private sealed class TooLargeException(Place at, string message) : Exception(message)
    {
        public Place At => at;
    }
}
