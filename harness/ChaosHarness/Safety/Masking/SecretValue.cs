using System.Buffers;

namespace ChaosHarness.Safety.Masking;

/// <summary>Finds where the value of a secret begins and ends. Rather too much than too little of it is hidden.</summary>
internal static class SecretValue
{
    private static readonly SearchValues<char> BlockMarks = SearchValues.Create("+-0123456789");

    /// <summary>Where the name of a secret is.</summary>
    /// <param name="Start">Where it begins.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="After">Where what separates it from the value ends.</param>
    /// <param name="IsColon">Whether that is a colon.</param>
    /// <param name="IsQuoted">Whether the name ends with a quotation mark.</param>
    public readonly record struct Place(int Start, int End, int After, bool IsColon, bool IsQuoted);

    public static (int Start, int End)? After(string text, Place place)
    {
        var start = Blank(text, place.After);
        var enclosing = place.IsQuoted ? null : EnclosingMark(text, place.Start);
        if (place.IsColon && start < text.Length && text[start] is '\n' or '\r')
        {
            // The value of a JSON member may stand on the next line, and of a YAML one too when it is quoted.
            var next = White(text, start);
            start = next < text.Length && QuoteMark.At(text, next) is not null ? next : start;
        }

        if (start == text.Length || text[start] is '\n' or '\r')
        {
            return null;
        }

        if (QuoteMark.At(text, start) is { } quote && quote != enclosing)
        {
            return (start + quote.Length, quote.EndOf(text, start + quote.Length));
        }

        if (text[start] == '[')
        {
            return Listed(text, start + 1);
        }

        if (text[start] == '{')
        {
            // What is within has names of its own, except in a connection string.
            return place.IsColon || start + 1 == text.Length || text[start + 1] == '{' ? null : (start + 1, Braced(text, start + 1));
        }

        if (place.IsColon && text[start] is '|' or '>' && Block(text, place.Start, start) is { } block)
        {
            return block;
        }

        if (SecretNames.IsHeader(text.AsSpan(place.Start, place.End - place.Start)))
        {
            return Header(text, start, enclosing);
        }

        return (start, place.IsColon && start > place.After && BeginsLine(text, place.Start) ? EndOfScalar(text, start, enclosing) : EndOfWord(text, start, enclosing));
    }

    public static (int Start, int End)? Flagged(string text, int start)
    {
        if (start >= text.Length)
        {
            return null;
        }

        return QuoteMark.At(text, start) is { } quote ? (start + quote.Length, quote.EndOf(text, start + quote.Length)) : (start, EndOfWord(text, start, null));
    }

    // Up to what separates it from the next thing. Marks and brackets end it where nothing that could belong to it follows.
    private static int EndOfWord(string text, int start, QuoteMark? enclosing)
    {
        for (var at = start; at < text.Length; at++)
        {
            var letter = text[at];
            if (char.IsWhiteSpace(letter) || letter is ';' or '&' || (letter == '<' && at + 1 < text.Length && text[at + 1] == '/') || Is(text, at, "%26"))
            {
                return at;
            }

            if (letter is '\\' or '"' or '\'' or '`' && QuoteMark.At(text, at) is { } mark && (mark == enclosing || EndsThere(text, at + mark.Length)))
            {
                return at;
            }

            if (letter == '\\')
            {
                at = LastBackslash(text, at);
                continue;
            }

            if (letter is ',' && (EndsThere(text, at + 1) || IsName(text, at + 1)))
            {
                return at;
            }

            if (letter is '}' or ']' or ')' or '>' && EndsThere(text, at + 1))
            {
                return at;
            }
        }

        return text.Length;
    }

    // A text of YAML without marks: the line, but for a comment and for what a log puts behind a comma.
    private static int EndOfScalar(string text, int start, QuoteMark? enclosing)
    {
        for (var at = start; at < text.Length; at++)
        {
            var letter = text[at];
            if (letter is '\n' or '\r' || (letter is ',' or ';' && EndsThere(text, at + 1)) || (letter == '#' && text[at - 1] == ' '))
            {
                return text[at - 1] == ' ' ? at - 1 : at;
            }

            if (letter is '\\' or '"' or '\'' or '`' && enclosing is { } mark && QuoteMark.At(text, at) == mark)
            {
                return at;
            }

            at = letter == '\\' ? LastBackslash(text, at) : at;
        }

        return text.Length;
    }

    // The scheme may be read.
    private static (int Start, int End) Header(string text, int start, QuoteMark? enclosing)
    {
        var end = start;
        while (end < text.Length && text[end] is not ('\n' or '\r') && !(enclosing is { } mark && QuoteMark.At(text, end) == mark))
        {
            end = (text[end] == '\\' ? LastBackslash(text, end) : end) + 1;
        }

        var scheme = start;
        while (scheme < end && (char.IsAsciiLetterOrDigit(text[scheme]) || text[scheme] == '-'))
        {
            scheme++;
        }

        return scheme < end && scheme > start && text[scheme] == ' ' ? (scheme + 1, end) : (start, end);
    }

    // A list of texts, as headers are logged.
    private static (int Start, int End)? Listed(string text, int at)
    {
        (int Start, int End)? all = null;
        for (at = White(text, at); QuoteMark.At(text, at) is { } quote; at = White(text, at + 1))
        {
            var end = quote.EndOf(text, at + quote.Length);
            all = (all?.Start ?? at + quote.Length, end);
            at = White(text, Math.Min(end + quote.Length, text.Length));
            if (at == text.Length || text[at] != ',')
            {
                break;
            }
        }

        return all;
    }

    private static int Braced(string text, int start)
    {
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] != '}')
            {
                continue;
            }

            if (at + 1 < text.Length && text[at + 1] == '}')
            {
                at++;
                continue;
            }

            return at;
        }

        return EndOfLine(text, start);
    }

    // The lines below that stand further to the right than the name.
    private static (int Start, int End)? Block(string text, int name, int mark)
    {
        var line = EndOfLine(text, mark);
        if (text.AsSpan(mark + 1, line - mark - 1).TrimEnd().IndexOfAnyExcept(BlockMarks) >= 0 || line == text.Length)
        {
            return null;
        }

        var indentation = name - (text.LastIndexOf('\n', name) + 1);
        var (start, end) = (-1, line);
        for (var at = line + 1; at < text.Length; at = EndOfLine(text, at) + 1)
        {
            var first = Blank(text, at);
            var isEmpty = first == text.Length || text[first] is '\n' or '\r';
            if (!isEmpty && first - at <= indentation)
            {
                break;
            }

            if (!isEmpty)
            {
                start = start < 0 ? first : start;
                end = EndOfLine(text, at);
            }
        }

        return start < 0 ? null : (start, end);
    }

    private static bool BeginsLine(string text, int start)
    {
        for (var at = start - 1; at >= 0 && start - at < 256; at--)
        {
            if (text[at] is '\n' or '\r')
            {
                return true;
            }

            if (text[at] is not (' ' or '\t' or '-' or '"' or '\''))
            {
                return false;
            }
        }

        return true;
    }

    private static QuoteMark? EnclosingMark(string text, int start)
    {
        if (start == 0 || text[start - 1] is not ('"' or '\'' or '`'))
        {
            return null;
        }

        var mark = start - 1;
        while (mark > 0 && text[mark - 1] == '\\' && start - mark < 64)
        {
            mark--;
        }

        return QuoteMark.At(text, mark);
    }

    private static bool IsName(string text, int start)
    {
        var end = start;
        while (end < text.Length && SecretNames.IsPart(text[end]) && end - start < 64)
        {
            end++;
        }

        return end > start && end < text.Length && text[end] is '=' or ':';
    }

    private static bool EndsThere(string text, int at) =>
        at >= text.Length || char.IsWhiteSpace(text[at]) || text[at] is ',' or ';' or ':' or ')' or ']' or '}' or '>' or '&' or '|' or '"' or '\'' or '`' or '\\' or '<';

    private static bool Is(string text, int at, string form) => string.CompareOrdinal(text, at, form, 0, form.Length) == 0;

    private static int LastBackslash(string text, int at)
    {
        while (at + 1 < text.Length && text[at + 1] == '\\')
        {
            at++;
        }

        return at;
    }

    private static int EndOfLine(string text, int from)
    {
        var line = text.IndexOf('\n', from);
        return line < 0 ? text.Length : line;
    }

    private static int Blank(string text, int at)
    {
        while (at < text.Length && text[at] is ' ' or '\t')
        {
            at++;
        }

        return at;
    }

    private static int White(string text, int at)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }
}
