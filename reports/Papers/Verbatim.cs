namespace ChaosHarness.Reports.Papers;

/// <summary>Lines as somebody else wrote them.</summary>
/// <param name="Title">What they are.</param>
/// <param name="Lines">The lines.</param>
internal sealed record Verbatim(string Title, IReadOnlyList<string> Lines) : PaperBlock;
