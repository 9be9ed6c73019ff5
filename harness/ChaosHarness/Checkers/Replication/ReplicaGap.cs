using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Replication;

/// <summary>What would have been lost had the primary been lost at any moment of a run, and had the replica taken over.</summary>
internal static class ReplicaGap
{
    /// <summary>The worst of all moments at which the primary is known to have acknowledged anything later.</summary>
    /// <returns>From the oldest acknowledgement that the replica had not to that moment; without an upper bound where the replica never had any.</returns>
    public static Bounds Worst(CanaryWrites canaries, CanaryReads reads)
    {
        if (canaries.Count == 0 || reads.Count == 0)
        {
            return new Bounds(TimeSpan.Zero, null);
        }

        var last = canaries.Last;
        // Until the first look answered, it may have had none.
        var (least, most) = (TimeSpan.Zero, Longer(TimeSpan.Zero, Earlier(reads[0].Answered, last) - canaries.FirstAfter(-1)!.Value));
        var wasSeen = false;
        for (var index = 0; index < reads.Count; index++)
        {
            var read = reads[index];
            wasSeen |= read.Newest >= 0;
            if (canaries.FirstAfter(read.Newest) is not { } oldest)
            {
                continue;
            }

            least = Longer(least, Earlier(read.Sent, last) - oldest);
            // It may have stayed so until the next look saw otherwise.
            most = Longer(most, Earlier(index + 1 < reads.Count ? reads[index + 1].Answered : last, last) - oldest);
        }

        // Where none ever came, nothing that was written before the canaries need be there either.
        return wasSeen ? new Bounds(least, most) : new Bounds(least, null);
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
