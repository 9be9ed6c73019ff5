using System.Diagnostics;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;

namespace ChaosHarness.Telemetry;

/// <summary>A run as a trace: one span for the experiment, one below it for each step that was reached, and what happened as events of the step.</summary>
internal sealed class RunTrace(ActivitySource source)
{
    public void Write(RunRecord result)
    {
        var ambient = Activity.Current;
        try
        {
            // A run is a trace of its own, whatever else this process traces.
            Activity.Current = null;
            using var run = source.StartActivity("experiment " + result.Name, ActivityKind.Internal, default(ActivityContext), RunAttributes.Of(result), null, result.StartedAt);
            if (run is null)
            {
                return;
            }

            foreach (var phase in result.Phases.Where(phase => phase.Status != PhaseStatus.Skipped))
            {
                Write(result, phase, run.Context);
            }

            run.SetStatus(result.Outcome is Outcome.Passed or Outcome.Inconclusive ? ActivityStatusCode.Ok : ActivityStatusCode.Error, result.Reason is { } reason ? Secrets.Mask(reason) : null);
            run.SetEndTime((result.StartedAt + result.Duration).UtcDateTime);
        }
        finally
        {
            Activity.Current = ambient;
        }
    }

    private void Write(RunRecord result, PhaseRecord phase, ActivityContext run)
    {
        using var span = source.StartActivity(phase.Name.ToString(), ActivityKind.Internal, run, null, null, result.StartedAt + phase.Window.Start);
        foreach (var entry in result.Timeline.Where(entry => entry.Kind != TimelineKind.Phase && IsIn(entry, phase)))
        {
            span?.AddEvent(new ActivityEvent(
                $"{entry.Kind} {entry.Source}",
                result.StartedAt + entry.At,
                new ActivityTagsCollection { ["chaosharness.event.kind"] = entry.Kind.ToString(), ["chaosharness.event.detail"] = Secrets.Mask(entry.Detail) }));
        }

        if (phase.Detail is { } detail)
        {
            span?.SetTag("chaosharness.phase.detail", Secrets.Mask(detail));
        }

        span?.SetStatus(phase.Status == PhaseStatus.Passed ? ActivityStatusCode.Ok : ActivityStatusCode.Error);
        span?.SetEndTime((result.StartedAt + phase.Window.End).UtcDateTime);
    }

    // Half open, so that what happens as one step gives way to the next is told once.
    private static bool IsIn(TimelineEvent entry, PhaseRecord phase) => entry.At >= phase.Window.Start && entry.At < phase.Window.End;
}
