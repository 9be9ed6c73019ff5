using System.Collections.Concurrent;
using ChaosHarness.Experiments;

namespace ChaosHarness.NUnit.Tests;

/// <summary>Keeps the tests that the subjects of this assembly were, by their folder of journals.</summary>
public sealed class RecordedTests : ITestRecorderFactory
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<TestRecord>> Recorded = new();

    /// <summary>What every recording fails with; null for none.</summary>
    public static string? Problem { get; set; }

    public static IEnumerable<TestRecord> In(string journalFolder) => Recorded.GetValueOrDefault(journalFolder) ?? [];

    public ITestRecorder Create(RecorderSettings settings) => new Recorder(Recorded.GetOrAdd(settings.JournalFolder, _ => new()));

    private sealed class Recorder(ConcurrentQueue<TestRecord> tests) : ITestRecorder
    {
        public ValueTask RecordAsync(TestRecord test, CancellationToken cancellationToken)
        {
            if (Problem is { } problem)
            {
                throw new IOException(problem);
            }

            tests.Enqueue(test);
            return ValueTask.CompletedTask;
        }
    }
}
