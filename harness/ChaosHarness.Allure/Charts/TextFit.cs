using System.Globalization;
using System.Text;

namespace ChaosHarness.Allure.Charts;

/// <summary>How much room a text takes. The reader's font is not known here, so it is taken to be as wide as common ones are.</summary>
internal static class TextFit
{
    private const string Cut = "…";
    private const double BoldWidth = 1.15;
    private static readonly char[] Ends = [' ', '/', '-', ':', ',', '.', '_'];

    /// <summary>The width of a text.</summary>
    public static double Width(string text, double size) => text.EnumerateRunes().Sum(rune => Width(rune) * size);

    /// <summary>The size of a text that is as wide as a bold one of that size.</summary>
    public static double Bold(double size) => size * BoldWidth;

    /// <summary>Breaks a text into lines, at the ends of words where there are any; what the last line has no room for is cut off, which shows.</summary>
    public static IReadOnlyList<string> Lines(string text, double width, double size, int most)
    {
        var lines = new List<string>();
        var rest = text.Trim();
        while (rest.Length > 0 && lines.Count < most)
        {
            var fits = Fitting(rest, width, size);
            if (fits == rest.Length)
            {
                lines.Add(rest);
                return lines;
            }

            if (lines.Count == most - 1)
            {
                lines.Add(rest[..Fitting(rest, width - Width(Cut, size), size)].TrimEnd() + Cut);
                return lines;
            }

            // A blank that does not fit any more may end the line all the same.
            var part = fits == 0 ? -1 : rest.LastIndexOfAny(Ends, fits - 1);
            var end = rest[fits] == ' ' ? fits : part > 0 ? part + 1 : Math.Max(fits, FirstElement(rest));
            lines.Add(rest[..end].TrimEnd());
            rest = rest[end..].TrimStart();
        }

        return lines;
    }

    /// <summary>A text on one line, cut off where there is no more room.</summary>
    public static string Line(string text, double width, double size) => Lines(text, width, size, 1) is [var line] ? line : "";

    // Never through the middle of what a reader takes for one character.
    private static int Fitting(string text, double width, double size)
    {
        var (used, end) = (0.0, 0);
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            used += text.AsSpan(end, length).EnumerateRunes() is var runes && runes.MoveNext() ? Width(runes.Current) * size : 0;
            if (used > width)
            {
                break;
            }

            end += length;
        }

        return end;
    }

    private static int FirstElement(string text) => StringInfo.GetNextTextElementLength(text);

    private static double Width(Rune rune) => rune.Value switch
    {
        < 0x2e80 when Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => 0,
        'i' or 'j' or 'l' or '.' or ',' or ':' or ';' or '\'' or '|' or '!' or ' ' => 0.32,
        'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.92,
        >= 'A' and <= 'Z' => 0.7,
        < 0x2e80 => 0.58,
        _ => 1.1,
    };
}
