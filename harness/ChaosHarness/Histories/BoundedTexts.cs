using System.Collections.Concurrent;

namespace ChaosHarness.Histories;

/// <summary>
/// Texts by small numbers. So many, so long and no more: what comes then is only counted, so that a different error for each request
/// cannot fill the memory. Any threads may ask, without waiting for each other where a text is known already.
/// </summary>
/// <param name="most">How many different ones.</param>
internal sealed class BoundedTexts(int most)
{
    /// <summary>How long one may be, in characters; of a longer one the beginning is kept.</summary>
    public const int MostLength = 1000;

    private readonly ConcurrentDictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private volatile string[] _texts = new string[16];
    private volatile bool _isFull;

    /// <summary>0 is no text; one beyond the bound stands for all further ones.</summary>
    public int NumberOf(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        var kept = Shortened(text);
        return _numbers.TryGetValue(kept, out var number) ? number : _isFull ? most + 1 : Add(kept);
    }

    public string? this[int number] => number == 0 ? null : number > most ? "another" : _texts[number - 1];

    private static string Shortened(string text)
    {
        if (text.Length <= MostLength)
        {
            return text;
        }

        // Half a character would be refused by whoever writes it into a file.
        var length = char.IsHighSurrogate(text[MostLength - 2]) ? MostLength - 2 : MostLength - 1;
        return text[..length] + '…';
    }

    private int Add(string text)
    {
        lock (_gate)
        {
            if (_numbers.TryGetValue(text, out var number))
            {
                return number;
            }

            var count = _numbers.Count;
            if (count == most)
            {
                return most + 1;
            }

            if (count == _texts.Length)
            {
                var grown = _texts;
                Array.Resize(ref grown, count * 2);
                _texts = grown;
            }

            _texts[count] = text;
            _numbers[text] = count + 1;
            _isFull = count + 1 == most;
            return count + 1;
        }
    }
}
