using System.Collections.Concurrent;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Recording;

/// <summary>The results of the experiments that one test ran.</summary>
internal sealed class CollectedResults : IExperimentRecorder
{
    private readonly ConcurrentQueue<RunRecord> _results = new();

    public IReadOnlyList<RunRecord> All => [.. _results];

    public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
    {
        _results.Enqueue(result);
        return ValueTask.CompletedTask;
    }
}
