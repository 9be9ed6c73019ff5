namespace ChaosHarness.Safety.Masking;

/// <summary>A quotation mark, as it looks where a text was put into another one, and that into a third: <c>"</c>, <c>\"</c>, <c>\\\"</c>, <c>\u0022</c>, <c>&amp;quot;</c>.</summary>
/// <param name="Form">What it looks like without the backslashes.</param>
/// <param name="Backslashes">How many are before it.</param>
internal readonly record struct QuoteMark(string Form, int Backslashes)
{
    // No text was put into others so often: whatever has more is no mark, and is not counted again and again.
    private const int MostBackslashes = 1023;

    private static readonly string[] Plain = ["\"", "'", "`"];
    private static readonly string[] Escaped = ["u0022", "u0027", "u0060"];
    private static readonly string[] Entities = ["&quot;", "&#34;", "&#x22;", "&apos;", "&#39;", "&#x27;"];

    public int Length => Backslashes + Form.Length;

    /// <summary>The mark that begins at a position; null when none does.</summary>
    public static QuoteMark? At(string text, int position)
    {
        var start = position;
        while (position < text.Length && text[position] == '\\' && position - start <= MostBackslashes)
        {
            position++;
        }

        if (position == text.Length || position - start > MostBackslashes)
        {
            return null;
        }

        var backslashes = position - start;
        var forms = text[position] switch
        {
            '"' or '\'' or '`' => Plain,
            'u' when backslashes > 0 => Escaped,
            '&' when backslashes == 0 => Entities,
            _ => [],
        };
        foreach (var form in forms)
        {
            if (string.Compare(text, position, form, 0, form.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                return new QuoteMark(form, backslashes);
            }
        }

        return null;
    }

    /// <summary>Where what it begins ends: before the mark that closes it, or the line when none does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="from">Where what is within begins.</param>
    public int EndOf(string text, int from)
    {
        for (var at = from; ; at++)
        {
            at = text.IndexOf(Form, at, StringComparison.OrdinalIgnoreCase);
            if (at < 0)
            {
                var line = text.IndexOf('\n', from);
                return line < 0 ? text.Length : line;
            }

            var before = BackslashesBefore(text, at, from);
            if (!Closes(before))
            {
                continue;
            }

            // Connection strings and SQL write a mark within a value twice.
            if (Backslashes == 0 && Form.Length == 1 && at > from && at + 1 < text.Length && text[at + 1] == text[at])
            {
                at++;
                continue;
            }

            return at - Math.Min(before, Backslashes);
        }
    }

    // A mark that the value itself holds has a backslash more, and each time that the text was put into another all of them were doubled.
    private bool Closes(int backslashes) => backslashes < Backslashes || backslashes % (2 * (Backslashes + 1)) == Backslashes;

    private static int BackslashesBefore(string text, int at, int from)
    {
        var count = 0;
        while (at - count > from && text[at - count - 1] == '\\')
        {
            count++;
        }

        return count;
    }
}
