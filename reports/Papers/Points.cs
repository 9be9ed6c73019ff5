namespace ChaosHarness.Reports.Papers;

/// <summary>A list.</summary>
/// <param name="Items">Its points.</param>
internal sealed record Points(IReadOnlyList<string> Items) : PaperBlock;
