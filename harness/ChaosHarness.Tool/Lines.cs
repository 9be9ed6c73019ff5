using ChaosHarness.Safety;
using Spectre.Console;

namespace ChaosHarness.Tool;

/// <summary>Sentences for a terminal: broken at blanks, so that a narrow one breaks no word. A file and a pipe get them as they are.</summary>
internal static class Lines
{
    public static void Write(string text) => Write(Console.Out, text, Console.IsOutputRedirected ? null : AnsiConsole.Profile.Width);

    public static void WriteError(string text) => Write(Console.Error, text, Console.IsErrorRedirected ? null : AnsiConsole.Profile.Width);

    internal static void Write(TextWriter writer, string text, int? width)
    {
        foreach (var line in text.Split('\n'))
        {
            foreach (var piece in width is { } columns ? Pieces(TerminalText.Of(line), columns) : [line])
            {
                writer.WriteLine(piece);
            }
        }
    }

    // A word that is wider than the terminal, such as an address, is left whole: the terminal makes a link of it.
    private static IEnumerable<string> Pieces(string line, int width)
    {
        var piece = "";
        foreach (var word in line.Split(' '))
        {
            if (piece.Length > 0 && piece.GetCellWidth() + 1 + word.GetCellWidth() > width)
            {
                yield return piece;
                piece = word;
                continue;
            }

            piece = piece.Length == 0 ? word : $"{piece} {word}";
        }

        yield return piece;
    }
}
