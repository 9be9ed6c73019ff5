using System.Globalization;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Live;

/// <summary>What a test came to: its outcome, and each objective with what was measured.</summary>
internal static class ResultLines
{
    public static IEnumerable<string> Of(string name, Outcome outcome, string? reason, IReadOnlyList<RunRecord> runs)
    {
        var duration = TimeSpan.FromTicks(runs.Sum(run => run.Duration.Ticks));
        yield return Shown($"{outcome.ToString().ToUpperInvariant(),-12} {name}{(runs.Count > 0 ? $" ({DurationText.Format(duration)})" : "")}");
        foreach (var verdict in runs.SelectMany(run => run.Verdicts))
        {
            yield return Shown($"  {(verdict.Met ? "met   " : "MISSED")} {Words(verdict)}");
        }

        if (runs.All(run => run.Verdicts.Count == 0) && runs.SelectMany(run => run.Figures).Any())
        {
            var headlines = new Headlines([.. runs.SelectMany(run => run.Figures)]);
            yield return Shown($"  {headlines.RecoveryText}; {(outcome is Outcome.Passed or Outcome.Failed ? "no objective" : "not judged")}");
        }

        // Whether it is a system that survives or a fault that hit another one, a person can tell.
        foreach (var fault in outcome == Outcome.Passed ? runs.Where(run => new Headlines(run.Figures).Interrupted == false).SelectMany(run => run.Faults).Where(fault => fault.Hit is not null) : [])
        {
            yield return Shown($"  served all the while; '{fault.Description}' hit {fault.Hit}");
        }

        // Of what was missed there is a line already.
        var missed = runs.SelectMany(run => run.Verdicts).Where(verdict => !verdict.Met).Select(verdict => verdict.Objective).ToList();
        var lines = outcome == Outcome.Passed || reason is null ? [] : reason.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        foreach (var line in lines.Where(line => !missed.Any(objective => line.StartsWith(objective, StringComparison.Ordinal))))
        {
            yield return Shown($"  {line}");
        }
    }

    private static string Words(Verdict verdict)
    {
        var missed = verdict.MissedBy is { } by ? string.Create(CultureInfo.InvariantCulture, $", missed by {by}") : "";
        var seen = !verdict.Met && verdict.Seen.Count > 0 ? $"; saw {string.Join(", ", verdict.Seen)}" : "";
        return $"{verdict.Objective}: {verdict.Actual}{missed}{seen}";
    }

    private static string Shown(string text) => TerminalText.Of(Secrets.Mask(text));
}
