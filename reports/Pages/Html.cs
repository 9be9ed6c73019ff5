using System.Runtime.CompilerServices;
using System.Text;

namespace ChaosHarness.Reports.Pages;

/// <summary>A piece of HTML. Text gets into it only through <see cref="Of"/>, which escapes whatever is put between braces.</summary>
internal readonly struct Html
{
    private readonly string? _text;

    private Html(string text) => _text = text;

    public static Html Empty => default;

    /// <summary>Takes the literal parts as they are and escapes the others, unless they are HTML themselves.</summary>
    public static Html Of(Template template) => new(template.Written);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part._text)));

    public override string ToString() => _text ?? "";

    /// <summary>Escapes text of several lines, which stay lines where they are shown as they stand.</summary>
    public static Html Lines(string text)
    {
        var output = new StringBuilder();
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            Escape(output, line);
            output.Append('\n');
        }

        return new(output.ToString().TrimEnd('\n'));
    }

    /// <summary>Escapes text for content and attributes. Control characters, such as those that colour terminals, become dots.</summary>
    internal static void Escape(StringBuilder output, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '&' => output.Append("&amp;"),
                '<' => output.Append("&lt;"),
                '>' => output.Append("&gt;"),
                '"' => output.Append("&quot;"),
                '\'' => output.Append("&#39;"),
                '\n' or '\t' => output.Append(' '),
                _ when IsUnseen(rune) => output.Append('\u00b7'),
                _ => output.Append(rune.ToString()),
            };
        }
    }

    // Characters that turn the direction of writing can make a text say something else than it does.
    private static bool IsUnseen(Rune rune) => Rune.IsControl(rune) || rune.Value is (>= 0x202a and <= 0x202e) or (>= 0x2066 and <= 0x2069) or 0xfffe or 0xffff;

    /// <summary>What the compiler makes of <c>$"..."</c>.</summary>
    [InterpolatedStringHandler]
    internal readonly struct Template(int literalLength, int formattedCount)
    {
        private readonly StringBuilder _output = new(literalLength + (formattedCount * 16));

        public string Written => _output.ToString();

        public void AppendLiteral(string literal) => _output.Append(literal);

        public void AppendFormatted(Html html) => _output.Append(html._text);

        public void AppendFormatted(string? text) => Escape(_output, text ?? "");

        public void AppendFormatted(int number) => _output.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(long number) => _output.Append(System.Globalization.CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number, string format) => _output.Append(number.ToString(format, System.Globalization.CultureInfo.InvariantCulture));
    }
}
