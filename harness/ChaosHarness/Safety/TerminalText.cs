namespace ChaosHarness.Safety;

/// <summary>Text of others for a terminal or a log.</summary>
public static class TerminalText
{
    /// <summary>Takes from a text what would colour, move or rename a terminal, break a line, or turn the direction of reading.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text, with a dot in place of each such character.</returns>
    public static string Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return string.Concat(text.Select(c => char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? '\u00b7' : c));
    }
}
