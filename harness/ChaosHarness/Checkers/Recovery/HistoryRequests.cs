using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>The operations of a history, read as requests.</summary>
internal sealed class HistoryRequests(Operations operations) : IRequests
{
    // A thread reads one chunk at a time.
    [ThreadStatic]
    private static Request[]? _read;

    public TimeSpan Now => operations.Until;

    public int Chunks => (operations.Count + Chunk.Size - 1) >> Chunk.Bits;

    public bool TrySummary(int chunk, out RequestSummary summary)
    {
        summary = new RequestSummary();
        if (((chunk + 1) << Chunk.Bits) > operations.Count || operations.Whole(ChunkOf(chunk)) is not { } whole)
        {
            return false;
        }

        summary = new RequestSummary
        {
            FirstSent = TimeSpan.FromTicks(whole.FirstInvoked),
            LastSent = TimeSpan.FromTicks(whole.LastInvoked),
            LastSentOfGood = TimeSpan.FromTicks(whole.LastGoodInvoked),
            FirstCompletedOfGood = TimeSpan.FromTicks(whole.FirstGoodCompleted),
            LastSentOfBad = TimeSpan.FromTicks(whole.LastFailedInvoked),
            LastCompletedOfBad = TimeSpan.FromTicks(whole.LastBadCompleted),
            LastRefused = TimeSpan.FromTicks(whole.LastRefused),
            Good = whole.Good,
        };
        return true;
    }

    public ReadOnlySpan<Request> Read(int chunk)
    {
        var read = _read ??= new Request[Chunk.Size];
        var count = Math.Min(Chunk.Size, operations.Count - (chunk << Chunk.Bits));
        var until = operations.Until.Ticks;
        var columns = ChunkOf(chunk);
        for (var index = 0; index < count; index++)
        {
            var completed = columns.Completed(index);
            var invoked = columns.Invoked(index);
            var isComplete = completed <= until;
            var isSent = invoked <= until;
            read[index] = new Request(
                TimeSpan.FromTicks(columns.Due(index)),
                isSent ? TimeSpan.FromTicks(invoked) : isComplete ? TimeSpan.FromTicks(completed) : Request.Never,
                isComplete ? TimeSpan.FromTicks(completed) : Request.Never,
                isComplete ? columns.Verdict(index) : OperationVerdict.Good);
        }

        return read.AsSpan(0, count);
    }

    private Chunk ChunkOf(int chunk) => operations.Locate(chunk << Chunk.Bits).Chunk;
}
