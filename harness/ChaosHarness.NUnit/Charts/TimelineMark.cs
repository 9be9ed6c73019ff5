using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Charts;

/// <summary>A moment that matters in a run.</summary>
internal sealed record TimelineMark(TimeSpan At, string Text, string Colour)
{
    /// <summary>Injection, first detection, promotion, recovery and revert, as far as they came to be; in order.</summary>
    public static IEnumerable<TimelineMark> Of(RunRecord result)
    {
        var marks = new List<TimelineMark>();
        if (result.Injection is { } injection)
        {
            var faults = string.Join(", ", result.Faults.Select(fault => fault.Description));
            marks.Add(new TimelineMark(injection.Start, $"injection: {faults}", "#dc2626"));
            var first = result.Timeline.FirstOrDefault(e => e.Kind == TimelineKind.Detection && e.At >= injection.Start);
            if (first is not null)
            {
                marks.Add(new TimelineMark(first.At, $"detection: {first.Source}", "#d97706"));
            }

            marks.AddRange(result.Timeline
                .Where(e => e.Kind == TimelineKind.Promotion && e.At >= injection.Start)
                .Select(e => new TimelineMark(e.At, $"{e.Source} is primary", "#7c3aed")));
        }

        if (result.Measurements.Recovery is { Interrupted: true, StableFrom: { } recovered })
        {
            marks.Add(new TimelineMark(recovered, "recovery", "#16a34a"));
        }

        if (result.Revert is { } revert)
        {
            marks.Add(new TimelineMark(revert.Start, "revert", "#2563eb"));
        }

        return marks.OrderBy(mark => mark.At);
    }
}
