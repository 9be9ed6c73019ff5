using System.Text;
using System.Text.Json;

namespace ChaosHarness.GameDay.Board;

/// <summary>The board of a run that is over, as one file that needs nothing else.</summary>
internal static class KeptPage
{
    /// <summary>How its file ends.</summary>
    public const string Suffix = ".board.html";

    private const int MostOfAKind = 1_000;
    // Of a page that is to be sent to others.
    private const int Largest = 1_800_000;

    /// <summary>Makes it of what the board showed of one run.</summary>
    public static string Of(IReadOnlyList<BoardLine> lines)
    {
        var latest = Bounded(Latest(lines));
        for (var width = 1; ; width *= 2)
        {
            var data = string.Join('\n', Merged(latest, width).Select(Text));
            if (Encoding.UTF8.GetByteCount(data) <= Largest || width > latest.Count)
            {
                return BoardPage.With(data);
            }
        }
    }

    // Of what there is too much of to be read, the first and the last.
    private static List<BoardLine> Bounded(List<BoardLine> lines)
    {
        var cut = lines.Where(line => line.Event.Kind is BoardEventKind.Person or BoardEventKind.Note or BoardEventKind.Signal or BoardEventKind.Fault)
            .GroupBy(line => line.Event.Kind)
            .SelectMany(kind => kind.Skip(MostOfAKind / 2).SkipLast(MostOfAKind / 2))
            .Select(line => line.Number).ToHashSet();
        return cut.Count == 0 ? lines : [.. lines.Where(line => !cut.Contains(line.Number))];
    }

    // A second that was told again counts as it was told last.
    private static List<BoardLine> Latest(IReadOnlyList<BoardLine> lines)
    {
        var last = lines.Where(line => line.Event.Kind == BoardEventKind.Second).GroupBy(line => (line.Event.Name, line.Event.At)).Select(group => group.Last().Number).ToHashSet();
        return [.. lines.Where(line => line.Event.Kind != BoardEventKind.Second || last.Contains(line.Number))];
    }

    // Seconds side by side become one that counts all of their answers, and has the slowest of their latencies; log lines of them the last.
    private static List<BoardEventOf> Merged(IReadOnlyList<BoardLine> lines, int width)
    {
        var merged = new Dictionary<(string Kind, string? Name, int Place), int>();
        var events = new List<BoardEventOf>();
        foreach (var line in lines)
        {
            var happened = line.Event;
            var isMany = happened.Kind is BoardEventKind.Second || (happened.Kind is BoardEventKind.Log or BoardEventKind.Stop && width > 1);
            var key = (happened.Kind.ToString(), happened.Name, (int)happened.At / width);
            if (!isMany || !merged.TryGetValue(key, out var index))
            {
                merged[key] = events.Count;
                events.Add(new BoardEventOf(line.RunId, happened));
            }
            else
            {
                var before = events[index].Event;
                events[index] = new BoardEventOf(line.RunId, happened.Kind == BoardEventKind.Second
                    ? before with { Good = before.Good + happened.Good, Bad = before.Bad + happened.Bad, Median = Greater(before.Median, happened.Median), Most = Greater(before.Most, happened.Most) }
                    : happened);
            }
        }

        return events;
    }

    private static double? Greater(double? one, double? other) => one is null || other > one ? other : one;

    // Nothing in it may end the element that it stands in.
    private static string Text(BoardEventOf line) =>
        $"{{\"id\":{JsonSerializer.Serialize(line.RunId, KeptJson.Default.String)},{JsonSerializer.Serialize(line.Event, BoardJson.Default.BoardEvent)[1..]}".Replace("<", "\\u003c", StringComparison.Ordinal);

    private sealed record BoardEventOf(string RunId, BoardEvent Event);
}

[System.Text.Json.Serialization.JsonSerializable(typeof(string))]
internal sealed partial class KeptJson : System.Text.Json.Serialization.JsonSerializerContext;
