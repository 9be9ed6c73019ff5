namespace ChaosHarness.Reports.Papers;

/// <summary>A question, with room for the answer.</summary>
/// <param name="Text">The question.</param>
/// <param name="Hint">What an answer may be about.</param>
internal sealed record Question(string Text, string Hint) : PaperBlock;
