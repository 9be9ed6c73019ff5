namespace ChaosHarness.Histories;

/// <summary>Texts by small numbers. So many and no more: what comes then is only counted, so that a different error for each request cannot fill the memory.</summary>
internal sealed class BoundedTexts(int most)
{
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private volatile string[] _texts = new string[16];

    /// <summary>0 is no text; one beyond the bound stands for all further ones.</summary>
    public int NumberOf(string? text)
    {
        if (text is null)
        {
            return 0;
        }

        if (_numbers.TryGetValue(text, out var number))
        {
            return number;
        }

        if (_numbers.Count >= most)
        {
            return most + 1;
        }

        number = _numbers.Count + 1;
        if (number >= _texts.Length)
        {
            var grown = _texts;
            Array.Resize(ref grown, _texts.Length * 2);
            _texts = grown;
        }

        _texts[number] = text;
        _numbers.Add(text, number);
        return number;
    }

    public string? this[int number] => number == 0 ? null : number > most ? "another" : _texts[number];
}
