namespace ChaosHarness.Reports.Drills;

/// <summary>Text of others for a terminal: sequences that would colour, move or rename it become dots.</summary>
internal static class PlainText
{
    public static string Of(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is (>= '\u202a' and <= '\u202e') or (>= '\u2066' and <= '\u2069') ? '\u00b7' : c));
}
