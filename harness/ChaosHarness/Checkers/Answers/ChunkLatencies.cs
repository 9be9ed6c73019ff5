using System.Runtime.CompilerServices;
using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Answers;

/// <summary>The latencies of the complete operations of a chunk, counted once for all looks at it.</summary>
/// <param name="NotSent">How many were due and could not be sent.</param>
/// <param name="Maximum">The longest, in ticks.</param>
/// <param name="Steps">How many there are, by steps of microseconds.</param>
/// <param name="Buckets">How many there are, by buckets.</param>
internal sealed record ChunkLatencies(long NotSent, long Maximum, StepCount[] Steps, StepCount[] Buckets)
{
    // A summary is replaced when another operation of its chunk comes to its end; what was counted for it goes with it.
    private static readonly ConditionalWeakTable<ChunkSummary, ChunkLatencies> Known = [];

    public static ChunkLatencies Of(Chunk chunk, ChunkSummary summary) => Known.TryGetValue(summary, out var known) ? known : Known.GetValue(summary, found => Count(chunk, found));

    private static ChunkLatencies Count(Chunk chunk, ChunkSummary summary)
    {
        using var counter = new LatencyCounter();
        foreach (var at in summary.CompleteIn())
        {
            counter.AddComplete(chunk, at);
        }

        var buckets = counter.Buckets.Select((count, bucket) => new StepCount((ushort)bucket, (ushort)count)).Where(bucket => bucket.Count > 0);
        return new ChunkLatencies(counter.NotSent, counter.Maximum, counter.Steps.ToArray(), [.. buckets]);
    }
}
