using System.Collections.Concurrent;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit;

/// <summary>The results of the experiments that one test ran.</summary>
internal sealed class CollectedResults : IExperimentRecorder
{
    private readonly ConcurrentQueue<ExperimentResult> _results = new();

    public IReadOnlyList<ExperimentResult> All => [.. _results];

    public ValueTask RecordAsync(ExperimentResult result, CancellationToken cancellationToken)
    {
        _results.Enqueue(result);
        return ValueTask.CompletedTask;
    }
}
