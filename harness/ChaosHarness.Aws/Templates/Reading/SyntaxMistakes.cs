namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>Says what is wrong with a text that is nearly JSON.</summary>
internal static class SyntaxMistakes
{
    /// <param name="text">The text.</param>
    /// <param name="at">Where reading ended.</param>
    /// <param name="said">What the reader said.</param>
    /// <returns>Where the mistake is, and what it is.</returns>
    public static (int At, string What) Explain(string text, int at, string said)
    {
        var last = text.AsSpan(0, Math.Min(at, text.Length)).TrimEnd().Length - 1;
        if (said.Contains("trailing comma", StringComparison.Ordinal) && last >= 0 && text[last] == ',')
        {
            return (last, "JSON has no comma before a closing bracket. Remove it");
        }

        if (said.Contains("after a single JSON value", StringComparison.Ordinal))
        {
            return (at, "the template ends before this, and nothing may come behind it");
        }

        if (text.AsSpan(at).TrimStart().IsEmpty)
        {
            return (text.Length, "the text ends in the middle of the template: it was cut off, or a bracket or a quotation mark is missing");
        }

        return text[at] switch
        {
            '/' or '#' => (at, "JSON has no comments. Remove it"),
            '\'' => (at, "JSON has double quotation marks, not single ones"),
            _ => (at, "this is no JSON: " + Bare(said)),
        };
    }

    private static string Bare(string said)
    {
        var place = said.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return (place < 0 ? said : said[..place]).TrimEnd('.', ' ');
    }
}
