using ChaosHarness.Checkers;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Charts;

/// <summary>A moment that matters in a run.</summary>
internal sealed record TimelineMark(TimeSpan At, string Text, string Colour)
{
    /// <summary>Injection, first detection, promotion, recovery and the last revert, as far as they came to be; in order.</summary>
    public static IEnumerable<TimelineMark> Of(RunRecord run)
    {
        var marks = new List<TimelineMark>();
        var faults = ChartedFault.Of(run);
        if (run.Injection is { } injection)
        {
            marks.Add(new TimelineMark(injection.Start, $"injection: {string.Join(", ", faults.Where(fault => !fault.IsWeakness).Select(fault => fault.Name).Distinct())}", "#dc2626"));
            var first = run.Timeline.FirstOrDefault(e => e.Kind == TimelineKind.Detection && e.At >= injection.Start);
            if (first is not null)
            {
                marks.Add(new TimelineMark(first.At, $"detection: {first.Source}", "#d97706"));
            }

            marks.AddRange(run.Timeline
                .Where(e => e.Kind == TimelineKind.Promotion && e.At >= injection.Start)
                .Select(e => new TimelineMark(e.At, $"{e.Source} is primary", "#7c3aed")));
            marks.AddRange(Recoveries(run, ChartedFault.LastStrike(faults) ?? injection.Start));
        }

        if ((ChartedFault.LastRevert(faults) ?? run.Revert?.Start) is { } revert)
        {
            marks.Add(new TimelineMark(revert, "revert", "#2563eb"));
        }

        return marks.OrderBy(mark => mark.At);
    }

    // By the latest time by which each signal had surely recovered; nothing recovers that was never interrupted.
    private static IEnumerable<TimelineMark> Recoveries(RunRecord run, TimeSpan strike)
    {
        var times = run.Figures.Select(recorded => recorded.Figure).Where(figure => figure is { Name: FigureNames.RecoveryTime, Upper: > 0 and < double.PositiveInfinity }).ToList();
        return times.Select(figure => new TimelineMark(
            strike + TimeSpan.FromSeconds(figure.Upper!.Value),
            times.Count == 1 || figure.Subject.Length == 0 ? "recovery" : $"recovery: {figure.Subject}",
            "#16a34a"));
    }
}
