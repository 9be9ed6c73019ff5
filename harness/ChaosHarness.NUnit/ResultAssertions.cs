using System.Text;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;
using NUnit.Framework;

namespace ChaosHarness.NUnit;

/// <summary>Holds the result of an experiment against expectations, in the words of NUnit.</summary>
public static class ResultAssertions
{
    private const int EventsShown = 25;

    extension(Assert)
    {
        /// <summary>Holds a result against expectations: <c>Assert.That(result, Recovered.Within("10s"), Lost.Nothing)</c>. All of them are judged, and each that was missed is told.</summary>
        /// <param name="result">What running the experiment returned.</param>
        /// <param name="expectations">At least one.</param>
        /// <exception cref="AssertionException">One was missed.</exception>
        /// <exception cref="NotJudgedException">The run says nothing about the system.</exception>
        /// <exception cref="InvalidExperimentException">An expectation is written wrongly.</exception>
        /// <exception cref="InvalidOperationException">The test is over.</exception>
        public static void That(ExperimentResult result, params IReadOnlyList<Expectation> expectations)
        {
            ArgumentNullException.ThrowIfNull(result);
            ArgumentNullException.ThrowIfNull(expectations);
            ArgumentOutOfRangeException.ThrowIfZero(expectations.Count, nameof(expectations));
            if (expectations.SelectMany(expectation => expectation.Mistakes).Distinct().ToList() is { Count: > 0 } mistakes)
            {
                throw new InvalidExperimentException(mistakes);
            }

            var missed = expectations.Select(result.Hold).Where(verdict => !verdict.Met).ToList();
            if (missed.Count > 0)
            {
                Assert.Fail(Message(result, missed, expectations.Count));
            }
        }
    }

    private static string Message(ExperimentResult result, IReadOnlyList<Verdict> missed, int count)
    {
        var text = new StringBuilder($"{missed.Count} of {count} {(count == 1 ? "expectation" : "expectations")} of '{result.Name}' missed:\n");
        foreach (var verdict in missed)
        {
            Tell(text, verdict, "  ");
        }

        TellTimeline(text, result);
        return text.ToString();
    }

    private static void Tell(StringBuilder text, Verdict verdict, string indent)
    {
        var by = verdict.MissedBy is { } missedBy ? $", missed by {missedBy}" : "";
        text.Append(indent).Append(verdict.Met ? "met:      " : "expected: ").Append(verdict.Objective).Append('\n');
        if (verdict.Parts.Count > 0)
        {
            foreach (var part in verdict.Parts)
            {
                Tell(text, part, indent + "  ");
            }

            return;
        }

        text.Append(indent).Append("but was:  ").Append(verdict.Actual).Append(by).Append('\n');
        foreach (var seen in verdict.Met ? [] : verdict.Seen)
        {
            text.Append(indent).Append("seen:     ").Append(seen).Append('\n');
        }
    }

    private static void TellTimeline(StringBuilder text, ExperimentResult result)
    {
        var start = result.History.FirstStrike?.Start ?? TimeSpan.Zero;
        var events = result.Timeline.Where(e => e.At >= start && e.Kind != TimelineKind.Phase).ToList();
        text.Append("  Timeline, from the injection on:\n");
        foreach (var e in events.Take(EventsShown))
        {
            text.Append("    +").Append(DurationText.Format(e.At - start).PadRight(8)).Append(' ').Append(e.Kind.ToString().PadRight(10)).Append(' ').Append(e.Source).Append(": ").Append(e.Detail).Append('\n');
        }

        if (events.Count > EventsShown)
        {
            text.Append("    and ").Append(events.Count - EventsShown).Append(" more, in the journal of run ").Append(result.RunId).Append('\n');
        }
    }
}
