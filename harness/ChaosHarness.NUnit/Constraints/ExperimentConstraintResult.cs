using ChaosHarness.Experiments;
using ChaosHarness.Timing;
using NUnit.Framework.Constraints;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>The message of a failed constraint: what was measured, and what happened around the injection.</summary>
internal sealed class ExperimentConstraintResult(IConstraint constraint, RunRecord result, string measured, bool isMet)
    : ConstraintResult(constraint, result, isMet)
{
    private const int EventsShown = 25;

    public override void WriteActualValueTo(MessageWriter writer) => writer.Write(measured);

    public override void WriteAdditionalLinesTo(MessageWriter writer)
    {
        writer.WriteLine();
        writer.WriteLine($"  Timeline of '{result.Name}', from the injection on:");
        var start = result.Injection?.Start ?? TimeSpan.Zero;
        var events = result.Timeline.Where(e => e.At >= start && e.Kind != TimelineKind.Phase).ToList();
        foreach (var e in events.Take(EventsShown))
        {
            writer.WriteLine($"    +{DurationText.Format(e.At - start),-8} {e.Kind,-10} {e.Source}: {e.Detail}");
        }

        if (events.Count > EventsShown)
        {
            writer.WriteLine($"    and {events.Count - EventsShown} more, in the journal of run {result.RunId}");
        }
    }
}
