using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Live;
using ChaosHarness.Reports.Drills;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChaosHarness.Tool.Drills;

/// <summary>A drill on a terminal while it goes on: which experiment, in which step, what is broken and for how long yet, and how users are served.</summary>
internal static class LiveView
{
    private const int EndedShown = 4;
    private const int ReasonLines = 3;
    private const int LongestLine = 2_000;
    private const double Near = 0.25;
    private const double VeryNear = 0.75;
    private const string Blocks = "\u2581\u2582\u2583\u2584\u2585\u2586\u2587\u2588";
    private const string PlainBlocks = ".:-=+*%#";
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Shows a drill until it is over.</summary>
    /// <param name="console">The terminal.</param>
    /// <param name="profile">Its profile.</param>
    /// <param name="feed">What its tests tell.</param>
    /// <param name="state">What is known of it.</param>
    /// <param name="drill">Over when the drill is.</param>
    /// <param name="board">The address of its board; null while it has none.</param>
    public static Task ShowAsync(IAnsiConsole console, string profile, LiveTail feed, LiveState state, Task drill, Func<string?> board)
    {
        var start = TimeProvider.System.GetTimestamp();
        return console.Live(Draw(console, profile, state, TimeSpan.Zero)).AutoClear(true).Overflow(VerticalOverflow.Crop).StartAsync(async display =>
        {
            while (!drill.IsCompleted)
            {
                foreach (var entry in feed.Read())
                {
                    state.Add(entry);
                }

                try
                {
                    display.UpdateTarget(Draw(console, profile, state, TimeProvider.System.GetElapsedTime(start), board()));
                }
                catch (Exception)
                {
                    // What cannot be shown is not: the view decides nothing over the drill.
                }

                await Task.WhenAny(drill, Task.Delay(Interval)).ConfigureAwait(false);
            }
        });
    }

    internal static IRenderable Draw(IAnsiConsole console, string profile, LiveState state, TimeSpan elapsed, string? board = null)
    {
        var isRich = console.Profile.Capabilities.Unicode;
        (string Text, Style Style)[] lines =
        [
            Head(profile, state, elapsed),
            .. board is null ? Array.Empty<(string, Style)>() : [Line($"Board: {board}", Style.Plain)],
            .. state.Running.SelectMany(run => Run(run, isRich, console.Profile.Width)),
            .. state.Running.Count > 0 ? Array.Empty<(string, Style)>() : [Line(state.Ended.Count == 0 ? "the tests start" : "the next one starts, or nothing is left", Style.Plain)],
            .. state.Ended.TakeLast(EndedShown).SelectMany(end => Ended(end, console.Profile.Width)),
        ];
        return new Rows(lines.Select(line => new Text(Cut(line.Text, console.Profile.Width), line.Style)));
    }

    // Why something did not pass is worth more than one line: what does not fit here stands in the closing table.
    private static IEnumerable<(string, Style)> Ended(LiveEnd end, int width)
    {
        const string Indent = "  ";
        var style = new Style(OutcomeColour.Of(end.Outcome));
        yield return Line($"{end.Outcome.ToString().ToUpperInvariant(),-12} {end.Name}", style);
        var lines = (end.Reason ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).SelectMany(line => Pieces(TerminalText.Of(line.Length <= LongestLine ? line : line[..LongestLine]), width - Indent.Length));
        foreach (var line in lines.Take(ReasonLines))
        {
            yield return (Indent + line, style);
        }
    }

    private static (string, Style) Head(string profile, LiveState state, TimeSpan elapsed)
    {
        // Between two of them, and before the first, those that are over are counted.
        var begun = Math.Max(state.Begun, 1);
        var count = (state.Expected, IsBetween: state.Running.Count == 0 && state.Ended.Count > 0) switch
        {
            ({ } expected, false) => string.Create(CultureInfo.InvariantCulture, $"{begun} of about {expected}"),
            ({ } expected, true) => string.Create(CultureInfo.InvariantCulture, $"{begun} of about {expected} done"),
            (null, false) => string.Create(CultureInfo.InvariantCulture, $"experiment {begun}"),
            (null, true) => string.Create(CultureInfo.InvariantCulture, $"{begun} done"),
        };
        var ended = string.Join(", ", Enum.GetValues<Outcome>().Select(outcome => (Outcome: outcome, Count: state.Count(outcome))).Where(entry => entry.Count > 0).Select(entry => string.Create(CultureInfo.InvariantCulture, $"{entry.Count} {entry.Outcome.ToString().ToLowerInvariant()}")));
        string?[] parts = [profile, count, ended.Length > 0 ? ended : null, Rounded(elapsed), state.Left is { } left ? $"about {Rounded(left)} to go" : null];
        return Line(string.Join("   ", parts.OfType<string>()), new Style(decoration: Decoration.Bold));
    }

    private static IEnumerable<(string, Style)> Run(LiveSnapshot run, bool isRich, int width)
    {
        yield return Line($"{(isRich ? "\u25b6" : ">")} {run.Name}", new Style(Color.Blue));
        yield return Line($"  {WordsOf(run.Phase)}, {Seconds(run.Elapsed)}   {run.System}", Style.Plain);
        if (run.Waiting is { } waiting)
        {
            yield return Line($"  WAITS for {waiting}", new Style(Color.Yellow, decoration: Decoration.Bold));
        }

        foreach (var fault in run.Faults)
        {
            yield return Line($"  {fault.Name}: {Seconds(fault.For)}, at most {Seconds(fault.Left)} more", new Style(Color.Red));
        }

        if (run.Signal is { } signal && run.Served.Count > 0)
        {
            var blocks = isRich ? Blocks : PlainBlocks;
            var spark = string.Concat(run.Served.Select(share => share is { } known ? blocks[(int)Math.Round(Math.Clamp(known, 0, 1) * (blocks.Length - 1))] : ' '));
            string?[] now = [run.Served[^1] is { } served ? string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(served * 100):0}% served") : null, run.Latency is { } latency ? $"median {Seconds(latency)}" : null];
            yield return Line($"  {signal} {spark} {string.Join(", ", now.OfType<string>())}", new Style(run.Served[^1] < 1 ? Color.Yellow : Color.Green));
        }

        // One that is far from halting anything is no news.
        if (run.Stops is [{ Used: >= Near } nearest, ..])
        {
            yield return Line(string.Create(CultureInfo.InvariantCulture, $"  halts by {nearest.Name}: {Math.Floor(nearest.Used * 100):0}% of the way"), new Style(nearest.Used >= VeryNear ? Color.Red : Color.Yellow));
        }

        if (run.Recovery is { } recovery)
        {
            yield return Recovery(recovery, run.Rto, isRich, width);
        }
    }

    private static (string, Style) Recovery(LiveRecovery recovery, double? rto, bool isRich, int width)
    {
        const int Width = 20;
        var reached = recovery.Upper ?? recovery.Lower;
        var isOver = reached > rto;
        var words = recovery switch
        {
            { IsInterrupted: false } => "no interruption was seen",
            { Upper: { } upper } => $"served again after {Seconds(recovery.Lower)}..{Seconds(upper)}",
            _ => $"not served for {Seconds(recovery.Lower)}",
        };
        if (rto is not { } limit || !recovery.IsInterrupted)
        {
            return Line($"  {words}", Style.Plain);
        }

        var full = (int)Math.Clamp(Math.Round(reached / limit * Width), 0, Width);
        var (on, off) = isRich ? ('\u2588', '\u2591') : ('#', '-');
        // What it takes and what it may take is the last to be cut off.
        string[] lines = [$"  {words} of RTO {Seconds(limit)} {new string(on, full)}{new string(off, Width - full)}", $"  {words} of RTO {Seconds(limit)}", $"  {Seconds(recovery.Lower)}..{(recovery.Upper is { } end ? Seconds(end) : "")} of RTO {Seconds(limit)}"];
        return Line(lines.FirstOrDefault(line => line.GetCellWidth() <= width) ?? lines[^1], new Style(isOver ? Color.Red : Color.Green));
    }

    private static string WordsOf(PhaseName phase) => phase switch
    {
        PhaseName.Build or PhaseName.Guard => "looking whether it may be broken",
        PhaseName.SteadyState => "waiting for its steady state",
        PhaseName.Inject => "breaking it",
        PhaseName.Observe => "waiting for it to recover",
        PhaseName.Revert => "undoing what was broken",
        _ => "looking whether all is well again",
    };

    private static (string, Style) Line(string text, Style style) => (TerminalText.Of(text), style);

    // Broken at blanks where there are any.
    private static IEnumerable<string> Pieces(string text, int width)
    {
        while (text.GetCellWidth() > width && width > 1)
        {
            var fits = Cut(text, width)[..^1];
            var blank = fits.LastIndexOf(' ');
            var end = blank > 0 ? blank : Math.Max(fits.Length, StringInfo.GetNextTextElementLength(text));
            yield return text[..end];
            text = text[end..].TrimStart();
        }

        yield return text;
    }

    // One line each: a terminal that is narrow cuts it off, and never through the middle of a character.
    private static string Cut(string text, int width)
    {
        if (text.GetCellWidth() <= width)
        {
            return text;
        }

        var (end, used) = (0, 0);
        while (end < text.Length)
        {
            var length = StringInfo.GetNextTextElementLength(text, end);
            used += text.Substring(end, length).GetCellWidth();
            if (used >= width)
            {
                break;
            }

            end += length;
        }

        return text[..end] + "~";
    }

    private static string Seconds(double seconds) => double.IsNaN(seconds) ? "?" : DurationText.Format(TimeSpan.FromSeconds(Math.Clamp(seconds, 0, TimeSpan.FromDays(1).TotalSeconds)));

    private static string Rounded(TimeSpan time) => DurationText.Format(TimeSpan.FromSeconds(Math.Round(time.TotalSeconds)));
}
