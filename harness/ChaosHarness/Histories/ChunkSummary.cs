namespace ChaosHarness.Histories;

/// <summary>What a whole chunk comes to, so that looking at a long history costs no more than its edges. Times in ticks.</summary>
/// <param name="Good">Answered well.</param>
/// <param name="Bad">Failed, too slow or not sent.</param>
/// <param name="LastCompleted">The latest answer: a prefix up to then or later sees all of the chunk as it is.</param>
/// <param name="FirstInvoked">The earliest sending; <see cref="long.MaxValue"/> when none was sent.</param>
/// <param name="LastInvoked">The latest sending; <see cref="long.MinValue"/> when none was sent.</param>
/// <param name="LastBadInvoked">The latest sending of a bad one, or of its refusal; <see cref="long.MinValue"/> when none is bad.</param>
/// <param name="LastBadCompleted">The latest answer of a bad one; <see cref="long.MinValue"/> when none is bad.</param>
/// <param name="FirstGoodCompleted">The earliest answer of a good one; <see cref="long.MaxValue"/> when none is good.</param>
/// <param name="LongestGood">The longest time from sending to answer of a good one; 0 when none is good.</param>
/// <param name="LastGoodInvoked">The latest sending of a good one; <see cref="long.MinValue"/> when none is good.</param>
/// <param name="LastFailedInvoked">The latest sending of a bad one that was sent; <see cref="long.MinValue"/> when there is none.</param>
/// <param name="LastRefused">The latest refusal of one that was not sent; <see cref="long.MinValue"/> when there is none.</param>
internal sealed record ChunkSummary(
    int Good,
    int Bad,
    long LastCompleted,
    long FirstInvoked,
    long LastInvoked,
    long LastBadInvoked,
    long LastBadCompleted,
    long FirstGoodCompleted,
    long LongestGood,
    long LastGoodInvoked,
    long LastFailedInvoked,
    long LastRefused)
{
    public static ChunkSummary Of(Chunk chunk)
    {
        var good = 0;
        long lastCompleted = 0, firstInvoked = long.MaxValue, lastInvoked = long.MinValue;
        long lastBadInvoked = long.MinValue, lastBadCompleted = long.MinValue, firstGoodCompleted = long.MaxValue, longestGood = 0;
        long lastGoodInvoked = long.MinValue, lastFailedInvoked = long.MinValue, lastRefused = long.MinValue;
        for (var index = 0; index < Chunk.Size; index++)
        {
            var (invoked, completed) = (chunk.Invoked(index), chunk.Completed(index));
            lastCompleted = Math.Max(lastCompleted, completed);
            if (invoked != long.MaxValue)
            {
                firstInvoked = Math.Min(firstInvoked, invoked);
                lastInvoked = Math.Max(lastInvoked, invoked);
            }

            if (chunk.Verdict(index) == OperationVerdict.Good)
            {
                good++;
                firstGoodCompleted = Math.Min(firstGoodCompleted, completed);
                longestGood = Math.Max(longestGood, completed - invoked);
                lastGoodInvoked = Math.Max(lastGoodInvoked, invoked);
                continue;
            }

            lastBadInvoked = Math.Max(lastBadInvoked, invoked == long.MaxValue ? completed : invoked);
            lastBadCompleted = Math.Max(lastBadCompleted, completed);
            if (invoked == long.MaxValue)
            {
                lastRefused = Math.Max(lastRefused, completed);
            }
            else
            {
                lastFailedInvoked = Math.Max(lastFailedInvoked, invoked);
            }
        }

        return new ChunkSummary(
            good,
            Chunk.Size - good,
            lastCompleted,
            firstInvoked,
            lastInvoked,
            lastBadInvoked,
            lastBadCompleted,
            firstGoodCompleted,
            longestGood,
            lastGoodInvoked,
            lastFailedInvoked,
            lastRefused);
    }
}
