using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Charts;

/// <summary>One thing that a picture says in words, for who sees nothing but the picture.</summary>
/// <param name="Name">What it is.</param>
/// <param name="Value">What it came to.</param>
/// <param name="IsGood">Whether that is as it should be; null when nobody said how it should be.</param>
internal sealed record Fact(string Name, string Value, bool? IsGood = null)
{
    /// <summary>When the faults were there, how long users went unserved, and whether what was promised was kept.</summary>
    public static IEnumerable<Fact> Of(ChartedRun charted, TimeAxis axis)
    {
        var run = charted.Run;
        yield return new Fact("outcome", run.Outcome.ToString(), run.Outcome switch { Outcome.Passed => true, Outcome.Failed or Outcome.Broken or Outcome.Halted or Outcome.Invalid => false, _ => null });
        if (charted.Faults.Where(fault => !fault.IsWeakness).ToList() is { Count: > 0 } faults)
        {
            var open = faults.Any(fault => fault.Reverted is null);
            yield return new Fact(faults.Count == 1 ? "fault in force" : $"{faults.Count} faults in force", Spans(faults, axis), open ? false : null);
        }
        else
        {
            yield return new Fact("fault in force", "none was injected");
        }

        var signal = charted.Signal.Source;
        if (charted.UnseenOf(signal) is { Upper: { } longest })
        {
            yield return new Fact($"{signal} not served for", $"less than {DurationText.Format(ChartedRun.Seconds(longest))}");
        }
        else if (charted.RecoveryOf(signal) is { } recovery)
        {
            yield return new Fact($"{signal} not served for", FigureText.ValueOf(recovery.Figure), charted.HasRecovered(signal) == false ? false : null);
        }

        foreach (var verdict in Objectives(charted))
        {
            yield return verdict;
        }

        if (run.Figures.Main(FigureNames.LostWrites)?.Figure is { Upper: { } lost })
        {
            var all = run.Figures.Main(FigureNames.AcknowledgedWrites)?.Figure.Upper is { } acknowledged ? Drawing.Text($" of {acknowledged:0}") : "";
            yield return new Fact("writes lost", Drawing.Text($"{lost:0}") + all, lost > 0 ? false : null);
        }
    }

    // Times in between in which nothing was broken are none in which something was.
    private static string Spans(IEnumerable<FaultRecord> faults, TimeAxis axis)
    {
        const int MostTold = 3;
        var spans = new List<(TimeSpan Start, TimeSpan End)>();
        foreach (var (start, end) in faults.Select(fault => (fault.Injected.Start, End: fault.Reverted?.End ?? TimeSpan.MaxValue)).OrderBy(span => span.Start))
        {
            if (spans is [.., var last] && start <= last.End)
            {
                spans[^1] = (last.Start, last.End > end ? last.End : end);
            }
            else
            {
                spans.Add((start, end));
            }
        }

        string Read((TimeSpan Start, TimeSpan End) span) => $"{axis.Read(span.Start)} to {(span.End == TimeSpan.MaxValue ? "the end" : axis.Read(span.End))}";
        return spans.Count <= MostTold ? string.Join(", ", spans.Select(Read)) : $"{spans.Count} times, {Read((spans[0].Start, spans[^1].End))}";
    }

    private static IEnumerable<Fact> Objectives(ChartedRun charted)
    {
        if (charted.RecoveryOf(charted.Signal.Source) is { Objective: { } rto, Met: { } met } recovery)
        {
            var limit = DurationText.Format(ChartedRun.Seconds(rto));
            // Whether it was kept is for the verdict to say; by how much only where the two agree on which way is better.
            var by = recovery.Figure.Upper is { } upper && double.IsFinite(upper) && upper <= rto == met ? ChartedRun.Seconds(Math.Abs(upper - rto)) : (TimeSpan?)null;
            yield return new Fact("RTO", (met, by) switch
            {
                (true, { } left) => $"{limit} kept, {DurationText.Format(left)} to spare",
                (true, null) => $"{limit} kept",
                (false, { } over) => $"{limit} missed by {DurationText.Format(over)}",
                (false, null) => $"{limit} missed",
            }, met);
        }

        var missed = charted.Run.Verdicts.Count(verdict => !verdict.Met);
        if (charted.Run.Verdicts.Count > 0)
        {
            yield return new Fact("objectives", missed == 0 ? $"{charted.Run.Verdicts.Count} of {charted.Run.Verdicts.Count} kept" : $"{missed} of {charted.Run.Verdicts.Count} missed", missed == 0);
        }
    }
}
