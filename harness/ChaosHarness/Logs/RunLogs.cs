using ChaosHarness.Safety;
using ChaosHarness.Safety.Masking;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Logs;

/// <summary>What the components of a system wrote during one run, as far back as may be needed. Safe for many writers.</summary>
internal sealed class RunLogs(RunClock clock)
{
    private const int LinesKept = 10_000;
    private const int LineLength = 1_000;
    private const int LinesShown = 40;
    private static readonly TimeSpan Before = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan After = TimeSpan.FromSeconds(3);
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Queue<LogLine>> _lines = [];

    /// <summary>Begins to listen, until what it returns is disposed.</summary>
    public IDisposable ListenTo(ILogSource source)
    {
        var component = source.Component;
        var isWithinKey = false;
        return source.Subscribe(line =>
        {
            // A private key goes over several lines, of which only the first and the last say so.
            var hidden = isWithinKey;
            isWithinKey = isWithinKey ? !KnownSecrets.EndsPrivateKey(line) : KnownSecrets.BeginsPrivateKey(line);
            Add(component, new LogLine(clock.Now, hidden ? Secrets.Masked : line.Length > LineLength ? line[..LineLength] + "..." : line));
        });
    }

    /// <summary>What was written since a time, in its order, and the last so many of it.</summary>
    public IReadOnlyList<(string Component, LogLine Line)> Since(TimeSpan at, int most)
    {
        lock (_lock)
        {
            return [.. _lines.SelectMany(component => component.Value.Reverse().TakeWhile(line => line.At > at).Take(most).Select(line => (component.Key, line with { Text = Secrets.Mask(line.Text) }))).OrderBy(line => line.Item2.At).TakeLast(most)];
        }
    }

    /// <summary>The lines from a second before a moment to three seconds after it, at most 40 of them: those before it end with the moment, those after begin with it.</summary>
    public IReadOnlyList<LogExcerpt> Around(string moment, TimeSpan at)
    {
        lock (_lock)
        {
            return
            [
                .. _lines
                    .OrderBy(component => component.Key, StringComparer.Ordinal)
                    .Select(component => new LogExcerpt(component.Key, moment, [.. Cut(component.Value, at).Select(line => line with { Text = Secrets.Mask(line.Text) })]))
                    .Where(excerpt => excerpt.Lines.Count > 0),
            ];
        }
    }

    private static IEnumerable<LogLine> Cut(IEnumerable<LogLine> lines, TimeSpan at)
    {
        var near = lines.Where(line => line.At >= at - Before && line.At <= at + After).ToList();
        return near.Where(line => line.At < at).TakeLast(LinesShown / 2).Concat(near.Where(line => line.At >= at).Take(LinesShown / 2));
    }

    private void Add(string component, LogLine line)
    {
        lock (_lock)
        {
            if (!_lines.TryGetValue(component, out var lines))
            {
                _lines[component] = lines = new Queue<LogLine>();
            }

            lines.Enqueue(line);
            if (lines.Count > LinesKept)
            {
                lines.Dequeue();
            }
        }
    }
}
