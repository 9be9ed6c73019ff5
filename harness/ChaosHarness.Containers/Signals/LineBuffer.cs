using System.Text;

namespace ChaosHarness.Containers.Signals;

/// <summary>Makes lines of pieces of text. What of a line goes beyond a bound is left out.</summary>
internal sealed class LineBuffer
{
    /// <summary>The longest line, in characters.</summary>
    public const int Longest = 16 * 1024;

    private readonly Decoder _decoder = Encoding.UTF8.GetDecoder();
    private readonly StringBuilder _line = new();

    /// <summary>Adds a piece.</summary>
    /// <returns>The lines that it completes, without their ends.</returns>
    public IReadOnlyList<string> Add(ReadOnlySpan<byte> piece)
    {
        var lines = new List<string>();
        var text = new char[_decoder.GetCharCount(piece, flush: false)];
        _decoder.GetChars(piece, text, flush: false);
        foreach (var character in text)
        {
            if (character == '\n')
            {
                lines.Add(_line.ToString().TrimEnd('\r'));
                _line.Clear();
            }
            else if (_line.Length < Longest)
            {
                _line.Append(character);
            }
        }

        return lines;
    }
}
