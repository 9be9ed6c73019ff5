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
        if (SummaryOf(chunk) is not { } complete)
        {
            return false;
        }

        summary = new RequestSummary
        {
            FirstSent = TimeSpan.FromTicks(complete.FirstInvoked),
            LastSent = TimeSpan.FromTicks(complete.LastInvoked),
            LastSentOfGood = TimeSpan.FromTicks(complete.LastGoodInvoked),
            FirstCompletedOfGood = TimeSpan.FromTicks(complete.FirstGoodCompleted),
            LastSentOfBad = TimeSpan.FromTicks(complete.LastFailedInvoked),
            LastCompletedOfBad = TimeSpan.FromTicks(complete.LastBadCompleted),
            LastRefused = TimeSpan.FromTicks(complete.LastRefused),
            Good = complete.Good,
            Open = complete.Open.Length,
        };
        return true;
    }

    public ReadOnlySpan<Request> Read(int chunk)
    {
        var read = _read ??= new Request[Chunk.Size];
        var count = Math.Min(Chunk.Size, operations.Count - (chunk << Chunk.Bits));
        var columns = ChunkOf(chunk);
        for (var index = 0; index < count; index++)
        {
            read[index] = Read(columns, index);
        }

        return read.AsSpan(0, count);
    }

    public ReadOnlySpan<Request> ReadOpen(int chunk)
    {
        if (SummaryOf(chunk) is not { Open: { } open })
        {
            return Read(chunk);
        }

        var read = _read ??= new Request[Chunk.Size];
        var columns = ChunkOf(chunk);
        for (var index = 0; index < open.Length; index++)
        {
            read[index] = Read(columns, open[index]);
        }

        return read.AsSpan(0, open.Length);
    }

    private Request Read(Chunk columns, int index)
    {
        var until = operations.Until.Ticks;
        var completed = columns.Completed(index);
        var invoked = columns.Invoked(index);
        var isComplete = completed <= until;
        var isSent = invoked <= until;
        return new Request(
            TimeSpan.FromTicks(columns.Due(index)),
            isSent ? TimeSpan.FromTicks(invoked) : isComplete ? TimeSpan.FromTicks(completed) : Request.Never,
            isComplete ? TimeSpan.FromTicks(completed) : Request.Never,
            isComplete ? columns.Verdict(index) : OperationVerdict.Good);
    }

    private ChunkSummary? SummaryOf(int chunk) => ((chunk + 1) << Chunk.Bits) <= operations.Count ? operations.SummaryOf(ChunkOf(chunk)) : null;

    private Chunk ChunkOf(int chunk) => operations.Locate(chunk << Chunk.Bits).Chunk;
}
