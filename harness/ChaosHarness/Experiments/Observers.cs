using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;
using ChaosHarness.Workloads;

namespace ChaosHarness.Experiments;

/// <summary>The open loops of one run: its workloads and its probes, all writing into one history.</summary>
internal sealed class Observers : IAsyncDisposable
{
    private readonly List<OpenLoopClient> _loops = [];
    private readonly List<WorkloadClient> _workloads = [];

    public Observers(Experiment experiment, RunClock clock, HistoryWriter history)
    {
        foreach (var workload in experiment.Workloads)
        {
            var client = new WorkloadClient(workload, clock, history);
            _workloads.Add(client);
            _loops.Add(client.Loop);
        }

        _loops.AddRange(experiment.Probes.Select(probe => ProbeClient.Of(probe, clock, history)));
        _loops.ForEach(loop => loop.Start());
    }

    /// <summary>Sends nothing more, and waits for what is under way.</summary>
    public Task CloseAsync(CancellationToken giveUp) => Task.WhenAll(_loops.Select(loop => loop.CloseAsync(giveUp)));

    /// <summary>Looks up what the workloads wrote. Nothing may be under way meanwhile.</summary>
    public Task ReadBackAsync(History history, CancellationToken halt) => Task.WhenAll(_workloads
        .Where(workload => workload.CanReadBack)
        .Select(workload => workload.ReadBackAsync(history.Of(workload.Loop.Name), halt)));

    public async ValueTask DisposeAsync() => await Task.WhenAll(_loops.Select(loop => loop.DisposeAsync().AsTask())).ConfigureAwait(false);
}
