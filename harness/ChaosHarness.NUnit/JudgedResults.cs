using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit;

/// <summary>The results of a test's experiments as they count in the end: an assertion that failed after a run makes the run a failed one.</summary>
internal static class JudgedResults
{
    public static IReadOnlyList<RunRecord> Of(TestResult test, IReadOnlyList<RunRecord> results)
    {
        var outcome = TestOutcome.Of(test, results);
        var isAsserted = outcome is Outcome.Failed or Outcome.Broken && results.All(result => result.Outcome == Outcome.Passed);
        return isAsserted
            ? [.. results.Select(result => result with { Outcome = outcome, Reason = test.Message })]
            : results;
    }

    /// <summary>The record of a test that never came to run its experiment: that a recovery was not tested is part of its history.</summary>
    public static RunRecord NotRun(TestResult test, RunnerOptions options, DateTimeOffset started) => new()
    {
        RunId = RunRecord.NewRunId(started),
        ExperimentId = options.DefaultId!,
        Name = options.DefaultName!,
        Labels = options.Labels,
        Origin = options.Origin,
        Hypothesis = options.DefaultName!,
        System = "unknown",
        Environment = "unknown",
        Topology = "unknown",
        StartedAt = started,
        Duration = DateTimeOffset.UtcNow - started,
        Outcome = TestOutcome.Of(test, []),
        Reason = test.Message,
        Objectives = options.DefaultObjectives,
        Measurements = new Measurements(),
        Phases = [.. Enum.GetValues<PhaseName>().Select(name => new PhaseRecord(name, PhaseStatus.Skipped, default))],
        Faults = [],
        Timeline = [],
        Observations = [],
    };

    /// <summary>Writes the journals of those that count otherwise than when they ended, then hands all of them to the recorders.</summary>
    public static async Task RecordAsync(
        IReadOnlyList<RunRecord> before,
        IReadOnlyList<RunRecord> judged,
        string journalFolder,
        IReadOnlyList<IExperimentRecorder> recorders)
    {
        var journals = new JournalRecorder(journalFolder);
        foreach (var result in judged)
        {
            if (!before.Contains(result))
            {
                await journals.RecordAsync(result, CancellationToken.None).ConfigureAwait(false);
            }

            foreach (var recorder in recorders)
            {
                await recorder.RecordAsync(result, CancellationToken.None).ConfigureAwait(false);
            }
        }
    }
}
