namespace ChaosHarness.Aws.Templates;

/// <summary>An experiment template is wrong. Names every mistake, each with the member that it is about.</summary>
/// <param name="mistakes">The mistakes.</param>
public sealed class InvalidTemplateException(IReadOnlyList<string> mistakes)
    : Exception($"The experiment template is wrong:\n{string.Join('\n', mistakes.Select(mistake => "- " + mistake))}")
{
    /// <summary>The mistakes.</summary>
    public IReadOnlyList<string> Mistakes => mistakes;
}
