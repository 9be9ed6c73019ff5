namespace ChaosHarness.Reports.Papers;

/// <summary>A paragraph.</summary>
/// <param name="Text">Its text.</param>
internal sealed record Words(string Text) : PaperBlock;
