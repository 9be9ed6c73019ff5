namespace ChaosHarness.SystemFiles;

/// <summary>Something that is wrong with a file of a system.</summary>
/// <param name="Line">Where, from 1.</param>
/// <param name="Column">Where, from 1.</param>
/// <param name="Text">What, and what to write instead.</param>
public sealed record SystemFileMistake(int Line, int Column, string Text)
{
    /// <summary>For people.</summary>
    /// <returns>The place and the text.</returns>
    public override string ToString() => FormattableString.Invariant($"line {Line}, column {Column}: {Text}");
}
