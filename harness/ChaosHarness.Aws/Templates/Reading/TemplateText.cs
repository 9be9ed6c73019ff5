using System.Text;

namespace ChaosHarness.Aws.Templates.Reading;

/// <summary>The text of a template, and where in its file each character of it comes from.</summary>
internal sealed class TemplateText
{
    /// <summary>The longest text that is read, in characters. FIS takes far less.</summary>
    public const int Longest = 1024 * 1024;

    private readonly string _original;
    private readonly string? _file;

    // For each character, where it or what it replaced was in the original; null while nothing was replaced.
    private readonly int[]? _origins;

    private TemplateText(string text, string original, string? file, int[]? origins = null) => (Text, _original, _file, _origins) = (text, original, file, origins);

    /// <summary>What is to be read.</summary>
    public string Text { get; }

    /// <exception cref="InvalidTemplateException">The text is too long.</exception>
    public static TemplateText Of(string text)
    {
        Require(text.Length, null);
        var bare = text.StartsWith('\uFEFF') ? text[1..] : text;
        return new TemplateText(bare, bare, null);
    }

    /// <summary>Reads a file in UTF-8, or in what the mark at its beginning says.</summary>
    /// <exception cref="InvalidTemplateException">The file is too long, or no text.</exception>
    public static TemplateText OfFile(string path)
    {
        var file = new FileInfo(path);
        // Characters of UTF-32 take most bytes.
        Require(file.Exists ? file.Length / 4 : 0, path);
        var bytes = File.ReadAllBytes(path);
        using var reader = new StreamReader(new MemoryStream(bytes), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: true);
        try
        {
            var text = reader.ReadToEnd();
            Require(text.Length, path);
            return new TemplateText(text, text, path);
        }
        catch (DecoderFallbackException)
        {
            var text = Encoding.UTF8.GetString(bytes);
            Require(text.Length, path);
            var read = new TemplateText(text, text, path);
            throw new InvalidTemplateException([read.Say(Math.Max(0, text.IndexOf('\uFFFD', StringComparison.Ordinal)), "this is no text in UTF-8. Save the file as UTF-8")]);
        }
    }

    /// <summary>The same text with one thing replaced by another, wherever it is.</summary>
    public TemplateText Replace(string from, string to)
    {
        if (from.Length == 0 || !Text.Contains(from, StringComparison.Ordinal))
        {
            return this;
        }

        var text = new StringBuilder();
        var origins = new List<int>();
        for (var at = 0; at < Text.Length;)
        {
            var next = Text.IndexOf(from, at, StringComparison.Ordinal);
            var until = next < 0 ? Text.Length : next;
            text.Append(Text, at, until - at);
            origins.AddRange(Enumerable.Range(at, until - at).Select(Origin));
            if (next < 0)
            {
                break;
            }

            text.Append(to);
            origins.AddRange(Enumerable.Repeat(Origin(next), to.Length));
            Require(text.Length, _file);
            at = next + from.Length;
        }

        return new TemplateText(text.ToString(), _original, _file, [.. origins]);
    }

    /// <summary>Says something about a place in the text: file, line and column, both from 1.</summary>
    public string Say(int at, string what)
    {
        var (line, column) = Position(at);
        return $"{_file}({line},{column}): {what}";
    }

    private (int Line, int Column) Position(int at)
    {
        at = Math.Min(Origin(at), _original.Length);
        var (line, column) = (1, 1);
        for (var index = 0; index < at; index++)
        {
            var letter = _original[index];
            if (letter == '\n' || (letter == '\r' && !(index + 1 < _original.Length && _original[index + 1] == '\n')))
            {
                (line, column) = (line + 1, 1);
            }
            else if (!(char.IsLowSurrogate(letter) && index > 0 && char.IsHighSurrogate(_original[index - 1])))
            {
                // Both halves of a pair are one character.
                column++;
            }
        }

        return (line, column);
    }

    private int Origin(int at) => _origins is null ? at : at < _origins.Length ? _origins[at] : _original.Length;

    private static void Require(long length, string? file)
    {
        if (length > Longest)
        {
            throw new InvalidTemplateException([$"{file}(1,1): this is longer than {Longest} characters, and no experiment template. FIS takes far less"]);
        }
    }
}
