using System.Globalization;
using System.Text.RegularExpressions;
using Aspire.Hosting.ApplicationModel;

namespace ChaosHarness.Aspire.Signals;

/// <summary>Tells new lines of a log from those that Aspire has kept, and gives them without its time and the colours of a terminal.</summary>
internal sealed partial class LogNews
{
    private const int Longest = 4_000;
    private readonly DateTimeOffset _since;
    private DateTimeOffset _last;
    private int _number = int.MaxValue;

    /// <param name="since">What was written before is not new.</param>
    public LogNews(DateTimeOffset since) => _last = _since = since;

    /// <summary>What a line says; null when it is none of the new ones.</summary>
    public string? Next(LogLine line)
    {
        var space = line.Content.IndexOf(' ', StringComparison.Ordinal);
        var isTimed = DateTimeOffset.TryParse(line.Content.AsSpan(0, Math.Max(space, 0)), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at);
        if (isTimed && at <= _last && !(at >= _since && line.LineNumber > _number))
        {
            return null;
        }

        if (!isTimed && line.LineNumber <= _number)
        {
            return null;
        }

        (_last, _number) = (isTimed && at > _last ? at : _last, line.LineNumber);
        var text = isTimed ? line.Content[(space + 1)..] : line.Content;
        return Colours().Replace(text.Length > Longest ? text[..Longest] : text, "");
    }

    [GeneratedRegex("\e\\[[0-9;]*m")]
    private static partial Regex Colours();
}
