namespace ChaosHarness.Histories;

/// <summary>What the complete operations of a chunk come to, so that looking at a long history costs no more than its edges. Times in ticks.</summary>
/// <param name="Complete">How many are complete.</param>
/// <param name="Open">The others, by their index in the chunk.</param>
/// <param name="Good">Answered well.</param>
/// <param name="LastCompleted">The latest answer: a prefix up to then or later sees all of the chunk as it is.</param>
/// <param name="FirstInvoked">The earliest sending; <see cref="long.MaxValue"/> when none was sent.</param>
/// <param name="LastInvoked">The latest sending; <see cref="long.MinValue"/> when none was sent.</param>
/// <param name="LastBadCompleted">The latest answer of a bad one; <see cref="long.MinValue"/> when none is bad.</param>
/// <param name="FirstGoodCompleted">The earliest answer of a good one; <see cref="long.MaxValue"/> when none is good.</param>
/// <param name="LastGoodInvoked">The latest sending of a good one; <see cref="long.MinValue"/> when none is good.</param>
/// <param name="LastFailedInvoked">The latest sending of a bad one that was sent; <see cref="long.MinValue"/> when there is none.</param>
/// <param name="LastRefused">The latest refusal of one that was not sent; <see cref="long.MinValue"/> when there is none.</param>
internal sealed record ChunkSummary(
    int Complete,
    ushort[] Open,
    int Good,
    long LastCompleted,
    long FirstInvoked,
    long LastInvoked,
    long LastBadCompleted,
    long FirstGoodCompleted,
    long LastGoodInvoked,
    long LastFailedInvoked,
    long LastRefused)
{
    // A 64th is exact enough for how long to wait for an answer.
    private static readonly StepScale AnswerScale = new(7);
    private StepCount[]? _answers;

    /// <summary>Counts for how long good answers took, in ticks.</summary>
    public static StepCounts NewAnswerCounts() => new(AnswerScale, long.MaxValue);

    /// <summary>How long the good answers took from their sending.</summary>
    /// <param name="chunk">What this is the summary of.</param>
    public StepCount[] AnswersOf(Chunk chunk)
    {
        if (_answers is { } known)
        {
            return known;
        }

        using var counts = NewAnswerCounts();
        foreach (var index in CompleteIn())
        {
            if (chunk.Verdict(index) == OperationVerdict.Good)
            {
                counts.Add(chunk.Completed(index) - chunk.Invoked(index));
            }
        }

        return _answers = counts.ToArray();
    }

    /// <summary>The operations that this sums up, by their index in the chunk.</summary>
    public IEnumerable<int> CompleteIn()
    {
        var open = 0;
        for (var index = 0; index < Chunk.Size; index++)
        {
            if (open < Open.Length && Open[open] == index)
            {
                open++;
            }
            else
            {
                yield return index;
            }
        }
    }

    public static ChunkSummary Of(Chunk chunk)
    {
        var (good, open) = (0, new List<ushort>());
        long firstInvoked = long.MaxValue, lastInvoked = long.MinValue, lastBadCompleted = long.MinValue, firstGoodCompleted = long.MaxValue;
        long lastCompleted = long.MinValue, lastGoodInvoked = long.MinValue, lastFailedInvoked = long.MinValue, lastRefused = long.MinValue;
        for (var index = 0; index < Chunk.Size; index++)
        {
            // The completion first: what is sent by then is seen to be.
            var completed = chunk.Completed(index);
            if (completed == long.MaxValue)
            {
                open.Add((ushort)index);
                continue;
            }

            var invoked = chunk.Invoked(index);
            lastCompleted = Math.Max(lastCompleted, completed);
            var isSent = invoked != long.MaxValue;
            if (isSent)
            {
                firstInvoked = Math.Min(firstInvoked, invoked);
                lastInvoked = Math.Max(lastInvoked, invoked);
            }

            if (chunk.Verdict(index) == OperationVerdict.Good)
            {
                good++;
                firstGoodCompleted = Math.Min(firstGoodCompleted, completed);
                lastGoodInvoked = Math.Max(lastGoodInvoked, invoked);
                continue;
            }

            lastBadCompleted = Math.Max(lastBadCompleted, completed);
            if (isSent)
            {
                lastFailedInvoked = Math.Max(lastFailedInvoked, invoked);
            }
            else
            {
                lastRefused = Math.Max(lastRefused, completed);
            }
        }

        return new ChunkSummary(
            Chunk.Size - open.Count,
            [.. open],
            good,
            lastCompleted,
            firstInvoked,
            lastInvoked,
            lastBadCompleted,
            firstGoodCompleted,
            lastGoodInvoked,
            lastFailedInvoked,
            lastRefused);
    }
}
