namespace ChaosHarness.Safety.Masking;

/// <summary>Finds what a name or a flag calls a secret, in the notations that programs log. Looks at each character a bounded number of times.</summary>
internal static class AssignedSecrets
{
    // How far the parts of one notation are from each other at most.
    private const int Near = 256;

    private const int LongestElement = 4096;

    private static readonly (string Open, string Close)[] Brackets = [("&lt;", "&gt;"), ("\\u003c", "\\u003e"), ("\\u003C", "\\u003E")];
    private static readonly (string Form, bool IsColon)[] Separators = [(":=", false), ("=>", false), ("%3D", false), ("\\u003d", false), ("=", false), (":", true)];

    public static void Hide(MaskedText masked)
    {
        var text = masked.Text;
        for (var at = 0; at < text.Length; at++)
        {
            if (!SecretNames.IsPart(text[at]))
            {
                continue;
            }

            var start = at;
            while (at < text.Length && SecretNames.IsPart(text[at]))
            {
                at++;
            }

            if (SecretNames.IsSecret(text.AsSpan(start, at - start)) && ValueOf(text, start, at) is { } value)
            {
                masked.Hide(value.Start, value.End);
                at = Math.Max(at, value.End);
            }

            at--;
        }
    }

    private static (int Start, int End)? ValueOf(string text, int start, int end) =>
        Assigned(text, start, end) ?? Element(text, start, end) ?? Flag(text, start, end) ?? NamedValue(text, end);

    // name = value, "name": "value", config['name'] = value
    private static (int Start, int End)? Assigned(string text, int start, int end)
    {
        var position = end;
        var quote = QuoteMark.At(text, position);
        position += quote?.Length ?? 0;
        position += position < text.Length && text[position] == ']' ? 1 : 0;
        return Separator(text, Blank(text, position)) is { } separator ? SecretValue.After(text, new SecretValue.Place(start, end, separator.End, separator.IsColon, quote is not null)) : null;
    }

    // <name>value</name>, also where the brackets are escaped
    private static (int Start, int End)? Element(string text, int start, int end)
    {
        var before = start;
        while (before > 0 && (text[before - 1] == ':' || SecretNames.IsPart(text[before - 1])) && start - before < Near)
        {
            before--;
        }

        foreach (var (open, close) in Brackets)
        {
            if (string.CompareOrdinal(text, end, close, 0, close.Length) == 0)
            {
                // What follows the end of an element is not in it.
                return Ends(text, before, open) ? null : Until(text, end + close.Length, open);
            }
        }

        // No element is called --token, nor goes on with another mark behind its name: that is something between brackets.
        if (before == 0 || text[before - 1] != '<' || text[before] == '-' || (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] is not ('>' or '/')))
        {
            return null;
        }

        var limit = Math.Min(text.Length, end + Near);
        var closed = text.AsSpan(end, limit - end).IndexOfAny('<', '>');
        if (closed < 0 || text[end + closed] == '<' || (closed > 0 && text[end + closed - 1] == '/'))
        {
            return null;
        }

        var content = end + closed + 1;
        return content < text.Length && text[content] == '<' && !Is(text, content, "<![CDATA[") ? null : Until(text, content, "</");
    }

    private static bool Ends(string text, int at, string open) => at > open.Length && text[at - 1] == '/' && Is(text, at - 1 - open.Length, open);

    // --name value, also as entries of a list: "--name", "value"
    private static (int Start, int End)? Flag(string text, int start, int end)
    {
        if (text[start] != '-' || (start > 0 && !char.IsWhiteSpace(text[start - 1]) && text[start - 1] is not ('"' or '\'' or '`' or '[' or '(' or ',')))
        {
            return null;
        }

        var quote = QuoteMark.At(text, end);
        var position = Blank(text, end + (quote?.Length ?? 0));
        if (quote is not null)
        {
            if (position >= text.Length || text[position] != ',')
            {
                return null;
            }

            position++;
        }
        else if (position == end)
        {
            return Entry(text, end) is { } entry ? SecretValue.Flagged(text, entry) : null;
        }

        position = Blank(text, position);
        return position < text.Length && text[position] is not ('-' or '\n' or '\r' or ',') ? SecretValue.Flagged(text, position) : Entry(text, position) is { } next ? SecretValue.Flagged(text, next) : null;
    }

    // The next entry of a list of YAML.
    private static int? Entry(string text, int position)
    {
        if (position >= text.Length || text[position] is not ('\n' or '\r'))
        {
            return null;
        }

        position = White(text, position);
        return position + 1 < text.Length && text[position] == '-' && text[position + 1] == ' ' ? Blank(text, position + 1) : null;
    }

    // key="name" value="value", {"name": "name", "value": "value"}
    private static (int Start, int End)? NamedValue(string text, int end)
    {
        var position = White(text, end + (QuoteMark.At(text, end)?.Length ?? 0));
        position = position < text.Length && text[position] is ',' or ';' ? White(text, position + 1) : position;
        position += position < text.Length ? QuoteMark.At(text, position)?.Length ?? 0 : 0;
        var word = position;
        while (position < text.Length && SecretNames.IsPart(text[position]) && position - word < Near)
        {
            position++;
        }

        return position > word && text.AsSpan(word, position - word).EndsWith("value", StringComparison.OrdinalIgnoreCase) ? Assigned(text, word, position) : null;
    }

    private static (int End, bool IsColon)? Separator(string text, int position)
    {
        foreach (var (form, isColon) in Separators)
        {
            if (Is(text, position, form))
            {
                var end = position + form.Length;
                // A scheme and a namespace are no values.
                if (isColon && (Is(text, end, "//") || Is(text, end, ":")))
                {
                    return null;
                }

                while (!isColon && Is(text, end, "="))
                {
                    end++;
                }

                return (end, isColon);
            }
        }

        return null;
    }

    // What is not closed soon ends with its line.
    private static (int Start, int End) Until(string text, int start, string close)
    {
        var end = text.IndexOf(close, start, Math.Min(LongestElement, text.Length - start), StringComparison.Ordinal);
        var line = end < 0 ? text.IndexOf('\n', start) : end;
        return (start, line < 0 ? text.Length : line);
    }

    private static bool Is(string text, int position, string form) =>
        position + form.Length <= text.Length && string.Compare(text, position, form, 0, form.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static int Blank(string text, int position)
    {
        while (position < text.Length && text[position] is ' ' or '\t')
        {
            position++;
        }

        return position;
    }

    private static int White(string text, int position)
    {
        var limit = Math.Min(text.Length, position + Near);
        while (position < limit && char.IsWhiteSpace(text[position]))
        {
            position++;
        }

        return position;
    }
}
