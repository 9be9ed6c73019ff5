using System.Collections.Concurrent;
using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Tests;
using ChaosHarness.Safety;

[assembly: RecordedBy(typeof(RecordedResults))]
[assembly: RecordedBy(typeof(RecordedTests))]

namespace ChaosHarness.NUnit.Tests;

/// <summary>Keeps what the subjects of this assembly left, by their folder of journals.</summary>
public sealed class RecordedResults : IRecorderFactory, ILeaseFactory
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<RunRecord>> Recorded = new();

    /// <summary>What every recording fails with; null for none.</summary>
    public static string? Problem { get; set; }

    /// <summary>What the subjects have to have, beside the files of this machine; null for nothing.</summary>
    public static ISystemLease? Lease { get; set; }

    public static IEnumerable<RunRecord> In(string journalFolder) => Recorded.GetValueOrDefault(journalFolder) ?? [];

    public IExperimentRecorder Create(RecorderSettings settings) => new Recorder(Recorded.GetOrAdd(settings.JournalFolder, _ => new()));

    public ISystemLease? CreateLease(RecorderSettings settings) => Lease;

    private sealed class Recorder(ConcurrentQueue<RunRecord> results) : IExperimentRecorder
    {
        public ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken)
        {
            if (Problem is { } problem)
            {
                throw new IOException(problem);
            }

            results.Enqueue(result);
            return ValueTask.CompletedTask;
        }
    }
}
