using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Workloads;

/// <summary>A workload under way: its open loop and its record of writes.</summary>
internal sealed class WorkloadRun
{
    private readonly Workload _workload;
    private readonly RunClock _clock;

    public WorkloadRun(Workload workload, RunClock clock)
    {
        _workload = workload;
        _clock = clock;
        Source = new OpenLoopSource(clock, new OpenLoopSettings(workload.Name, workload.PerSecond, workload.Timeout, workload.SlowThreshold), SendAsync);
    }

    public OpenLoopSource Source { get; }

    public WriteLog Writes { get; } = new();

    public Workload Workload => _workload;

    private async ValueTask<ProbeSample> SendAsync(long number, CancellationToken cancellationToken)
    {
        var attempt = Writes.Sent(number, _clock.Now);
        var outcome = await _workload.Send(attempt, cancellationToken).ConfigureAwait(false);
        if (!outcome.Acknowledged)
        {
            return ProbeSample.Bad(outcome.Detail ?? "not acknowledged");
        }

        Writes.Acknowledged(number, _clock.Now, outcome.AcknowledgedBy);
        return ProbeSample.Good;
    }
}
