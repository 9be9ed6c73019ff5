namespace ChaosHarness.Aws.Templates;

/// <summary>Something that is wrong with a template.</summary>
/// <param name="Path">The member that it is about, such as <c>targets.web.selectionMode</c>; entries of lists count from 1. Empty for the template as a whole.</param>
/// <param name="What">What is wrong, and what to do.</param>
/// <param name="IsName">Whether it is the name of the member that is wrong, and not its value.</param>
internal sealed record TemplateMistake(string Path, string What, bool IsName = false)
{
    /// <summary>Where in its text it is, when whoever found it knows; else it is looked for by its path.</summary>
    public int? At { get; init; }

    public override string ToString() => Path.Length == 0 ? What : $"{Path}: {What}";
}
