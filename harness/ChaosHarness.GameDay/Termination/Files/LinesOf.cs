using YamlDotNet.RepresentationModel;

namespace ChaosHarness.GameDay.Termination.Files;

/// <summary>On which lines a file has its words, for what is wrong with their meaning: the form is told with its line by whoever reads it.</summary>
internal sealed class LinesOf
{
    private readonly YamlMappingNode? _root;

    /// <param name="text">A text of YAML that can be read.</param>
    public LinesOf(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        _root = stream.Documents.Count > 0 ? stream.Documents[0].RootNode as YamlMappingNode : null;
    }

    /// <summary>A word with its line, such as <c>hours (line 5)</c>; the word alone where it is not there.</summary>
    public string Named(string word) => Shown(word, _root?.Children.Keys.FirstOrDefault(key => key is YamlScalarNode { Value: var value } && value == word));

    /// <summary>Words for a group, with its line.</summary>
    public string Group(string words, int index) =>
        Shown(words, _root is not null && _root.Children.TryGetValue("groups", out var groups) && groups is YamlSequenceNode list && index < list.Children.Count ? list.Children[index] : null);

    private static string Shown(string words, YamlNode? node) => node is null ? words : FormattableString.Invariant($"{words} (line {node.Start.Line})");
}
