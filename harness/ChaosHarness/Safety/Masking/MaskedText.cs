using System.Text;

namespace ChaosHarness.Safety.Masking;

/// <summary>Collects the parts of a text that are secret, and writes the text without them.</summary>
internal sealed class MaskedText(string text, string mask)
{
    private readonly List<(int Start, int End)> _secrets = [];

    public string Text => text;

    /// <summary>Notes a part; an empty one is none.</summary>
    public void Hide(int start, int end)
    {
        if (end > start)
        {
            _secrets.Add((start, end));
        }
    }

    /// <summary>The text with each part replaced; parts that overlap are one.</summary>
    public override string ToString()
    {
        if (_secrets.Count == 0)
        {
            return text;
        }

        _secrets.Sort();
        var masked = new StringBuilder(text.Length);
        var written = 0;
        foreach (var (start, end) in _secrets)
        {
            if (start >= written || written == 0)
            {
                masked.Append(text, written, start - written).Append(mask);
                written = end;
            }
            else
            {
                written = Math.Max(written, end);
            }
        }

        return masked.Append(text, written, text.Length - written).ToString();
    }
}
