namespace ChaosHarness.Reports.Papers;

/// <summary>A text to read, as a page or as Markdown. Whatever it holds is plain text until it is written.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Under">What stands under the title: which run it is of.</param>
/// <param name="Sections">Its sections.</param>
internal sealed record Paper(string Title, string Under, IReadOnlyList<PaperSection> Sections)
{
    /// <summary>What stands at the foot of every sheet of paper; null for nothing.</summary>
    public string? Foot { get; init; }
}
