namespace ChaosHarness.Reports.Papers;

/// <summary>A picture. Markdown has its words alone: no file of its own is needed to read it.</summary>
/// <param name="Svg">The picture.</param>
/// <param name="InWords">What it shows, for who cannot see it.</param>
internal sealed record Picture(string Svg, string InWords) : PaperBlock;
