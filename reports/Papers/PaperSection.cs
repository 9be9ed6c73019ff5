namespace ChaosHarness.Reports.Papers;

/// <summary>A section of a paper.</summary>
/// <param name="Id">What leads to it: letters, digits and hyphens.</param>
/// <param name="Title">What it is called.</param>
/// <param name="Blocks">What is in it, from the top to the bottom.</param>
internal sealed record PaperSection(string Id, string Title, params IReadOnlyList<PaperBlock> Blocks);
