namespace ChaosHarness.Reports.Papers;

/// <summary>A table. The first cell of a row says what the row is of.</summary>
/// <param name="Caption">What it shows; null where the section says it.</param>
/// <param name="Columns">The heads of its columns.</param>
/// <param name="Rows">As many cells a row as there are columns.</param>
internal sealed record Grid(string? Caption, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<PaperCell>> Rows) : PaperBlock
{
    /// <summary>A table of two columns: what, and what of it.</summary>
    public static Grid OfFacts(params IReadOnlyList<IReadOnlyList<PaperCell>> rows) => new(null, ["What", "As recorded"], rows);
}
