using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Live;

/// <summary>Tells of a run in lines while it goes on: one for each step that is over, and one now and then while nothing else happens.</summary>
/// <param name="write">Takes a line.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class LiveLines(Action<string> write, TimeProvider time) : IRunWatcher
{
    private const int LongestName = 60;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);

    public async Task WatchAsync(LiveRun run, CancellationToken over)
    {
        var told = 0;
        var last = TimeSpan.Zero;
        string? waited = null;
        while (true)
        {
            // Looked at before the steps are: what ends in between is told in the last round.
            var isOver = over.IsCancellationRequested;
            foreach (var phase in run.Phases.Skip(told))
            {
                told++;
                if (LiveText.Of(phase, run) is { } text)
                {
                    Write(run, last = phase.Window.End, text);
                }
            }

            if (isOver)
            {
                return;
            }

            if (run.Waiting is { } waiting && waiting != waited)
            {
                Write(run, last = run.Elapsed, $"waits for {waiting}");
                foreach (var line in run.WaitingPlan?.Text().Split('\n', StringSplitOptions.RemoveEmptyEntries) ?? [])
                {
                    Write(run, last, $"  {line}");
                }
            }

            waited = run.Waiting;

            if (run.Elapsed - last >= Silence)
            {
                Write(run, last = run.Elapsed, LiveText.Meanwhile(run));
            }

            await Task.Delay(Glance, time, over).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    // Several experiments may go on at once: each line says which one it is of.
    private void Write(LiveRun run, TimeSpan at, string text)
    {
        var name = run.Name.Length > LongestName ? run.Name[..(LongestName - 1)] + "\u2026" : run.Name;
        write(TerminalText.Of(Secrets.Mask(string.Create(CultureInfo.InvariantCulture, $"{"+" + DurationText.Format(at),9}  {name}: {text}"))));
    }
}
