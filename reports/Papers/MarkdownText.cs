using System.Text;
using ChaosHarness.Safety;

namespace ChaosHarness.Reports.Papers;

/// <summary>Text of others in Markdown: whatever it holds, it is no markup, no link and nobody's mention.</summary>
internal static class MarkdownText
{
    private const string Marks = "\\`*_{}[]()#+!|~^=";

    /// <summary>Escapes text within a line: a heading, a cell, or after something else.</summary>
    public static string Of(string text) => Escape(text, isAtStart: false);

    /// <summary>Escapes text that begins a paragraph or a point, where a hyphen or a number would make a list of it.</summary>
    public static string AtStart(string text) => Escape(text, isAtStart: true);

    /// <summary>Text of one line as it stands, without what moves a terminal or turns the direction of reading.</summary>
    public static string Printable(string text) => TerminalText.Of(text.ReplaceLineEndings(" ").Replace('\t', ' '));

    private static string Escape(string text, bool isAtStart)
    {
        var line = Printable(text).Trim();
        var escaped = new StringBuilder(line.Length + 16);
        var isStart = isAtStart;
        for (var at = 0; at < line.Length; at++)
        {
            var c = line[at];
            _ = c switch
            {
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '&' => escaped.Append("&amp;"),
                // A formula, where there are any.
                '$' => escaped.Append("&#36;"),
                // Who shows it may look for names in what has been read already: a joiner that nobody sees keeps it from being one.
                '@' => escaped.Append("&#64;&#8288;"),
                // An address: https://, mailto:, www.
                ':' when at > 0 && char.IsAsciiLetter(line[at - 1]) && at + 1 < line.Length && line[at + 1] != ' ' => escaped.Append("\\:"),
                '.' when at >= 3 && line.AsSpan(at - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase) => escaped.Append("\\."),
                '-' or '.' when isStart => escaped.Append('\\').Append(c),
                _ when Marks.Contains(c, StringComparison.Ordinal) => escaped.Append('\\').Append(c),
                _ => escaped.Append(c),
            };
            isStart = isStart && char.IsAsciiDigit(c);
        }

        return escaped.ToString();
    }
}
