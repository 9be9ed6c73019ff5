namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>Where in a text each member of a template is.</summary>
internal sealed class TemplatePlaces(TemplateText text)
{
    /// <summary>Of very many mistakes only so many are said.</summary>
    public const int MostShown = 100;

    private readonly Dictionary<string, (int Name, int Value)> _places = new(StringComparer.Ordinal);

    public void Add(string path, int name, int value) => _places.TryAdd(path, (name, value));

    /// <summary>Mistakes with their places; of very many, the first hundred.</summary>
    public IReadOnlyList<string> Say(IReadOnlyList<TemplateMistake> mistakes)
    {
        var shown = mistakes.Take(MostShown).Select(mistake => (At: At(mistake), Mistake: mistake)).OrderBy(mistake => mistake.At).Select(mistake => text.Say(mistake.At, $"{mistake.Mistake}"));
        return mistakes.Count > MostShown ? [.. shown, $"and {mistakes.Count - MostShown} more"] : [.. shown];
    }

    // What is missing is looked for where it would have to be.
    private int At(TemplateMistake mistake)
    {
        if (mistake.At is { } known)
        {
            return known;
        }

        for (var path = mistake.Path; ; path = path.LastIndexOf('.') is var dot && dot > 0 ? path[..dot] : "")
        {
            if (_places.TryGetValue(path, out var place))
            {
                return mistake.IsName || path != mistake.Path ? place.Name : place.Value;
            }

            if (path.Length == 0)
            {
                return 0;
            }
        }
    }
}
