using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Workloads;

/// <summary>A workload under way: its open loop, and afterwards the looking up of what it wrote.</summary>
internal sealed class WorkloadClient
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Workload _workload;
    private readonly RunClock _clock;
    private readonly OperationWriter _history;
    private readonly WriteIds _ids = WriteIds.Draw();

    public WorkloadClient(Workload workload, RunClock clock, HistoryWriter history)
    {
        _workload = workload;
        _clock = clock;
        _history = history.Source(new SourceSettings(workload.Name, workload.Timeout, workload.SlowThreshold)
        {
            Interval = TimeSpan.FromSeconds(1 / workload.PerSecond),
            IsWorkload = true,
            FirstId = _ids.Id(0),
        });
        Loop = new OpenLoopClient(clock, _history, workload.PerSecond, SendAsync);
    }

    public OpenLoopClient Loop { get; }

    public bool CanReadBack => _workload.Stored is not null;

    /// <summary>
    /// Looks every write up. Nothing may be under way. A system that has not come back yet is asked again until the time is over.
    /// </summary>
    /// <param name="writes">What was written.</param>
    /// <param name="halt">Ends the asking.</param>
    public async Task ReadBackAsync(Operations writes, CancellationToken halt)
    {
        var calls = new ForeignCalls(_clock.Time);
        var deadline = _clock.Now + _workload.ReadBackWithin;
        while (true)
        {
            var attempt = new ReadBackAttempt(writes);
            var call = await calls.RunAsync(
                new Callee(_workload.Name, "read back"),
                token => attempt.CountAllAsync(_workload.Stored!(token), token),
                deadline - _clock.Now,
                halt).ConfigureAwait(false);
            if (call.IsCompleted)
            {
                attempt.WriteTo(_history);
                _history.EndReadBack(new ReadBack(_clock.Now, null));
                return;
            }

            if (halt.IsCancellationRequested || deadline - _clock.Now <= Pause)
            {
                _history.EndReadBack(new ReadBack(_clock.Now, call.Problem));
                return;
            }

            await Task.Delay(Pause, _clock.Time, halt).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask<Answer> SendAsync(long number, CancellationToken cancellationToken)
    {
        // No ConfigureAwait: what a sender continues with has to come back to its own threads.
        var outcome = await _workload.Send(new WriteAttempt(_ids.Id(number), number), cancellationToken);
        return outcome.Acknowledged
            ? new Answer(true, null, outcome.AcknowledgedBy, outcome.StoredAs, outcome.Value)
            : new Answer(false, outcome.Detail ?? "not acknowledged", outcome.AcknowledgedBy);
    }
}
