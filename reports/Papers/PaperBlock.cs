namespace ChaosHarness.Reports.Papers;

/// <summary>One thing in a section of a paper: <see cref="Words"/>, <see cref="Grid"/>, <see cref="Points"/>, <see cref="Verbatim"/>, <see cref="Picture"/> or <see cref="Question"/>.</summary>
internal abstract record PaperBlock;
