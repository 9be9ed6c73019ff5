using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>The last step of a run: hands the result to the recorders.</summary>
internal static class Recording
{
    /// <summary>A recorder that fails makes the run Broken, which those after it are told; what it measured stays in it.</summary>
    public static async Task<RunRecord> RecordAsync(RunRecord result, IReadOnlyList<IExperimentRecorder> recorders, RunClock clock)
    {
        var start = clock.Now;
        var recorded = WithPhase(result, PhaseStatus.Passed, null);
        foreach (var recorder in recorders)
        {
            try
            {
                await recorder.RecordAsync(recorded, CancellationToken.None).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                var problem = $"the result could not be recorded: {exception.Message}";
                recorded = WithPhase(recorded, PhaseStatus.Broken, problem) with { Outcome = Outcome.Broken, Reason = problem };
            }
        }

        return recorded;

        RunRecord WithPhase(RunRecord of, PhaseStatus status, string? detail) =>
            of with { Phases = [.. of.Phases.SkipLast(1), new PhaseRecord(PhaseName.Record, status, new TimeWindow(start, clock.Now), detail)] };
    }
}
