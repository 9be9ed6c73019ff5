using System.Collections;
using System.Runtime.InteropServices;
using ChaosHarness.Timing;

namespace ChaosHarness.Histories;

/// <summary>The operations of one probe or workload in a history, in the order in which they were due.</summary>
public sealed class Operations : IReadOnlyList<Operation>
{
    private static readonly TimeSpan AnswersOf = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LeastOverdue = TimeSpan.FromMilliseconds(250);
    private readonly OperationWriter _writer;
    private readonly Chunk[] _chunks;
    private readonly long _until;
    // In ticks, so that threads that share this see all of it or nothing; negative while it is not read.
    private long _overdueAfter = -1;

    internal Operations(OperationWriter writer, TimeSpan until)
    {
        // The count first: every chunk that it needs is in the array that is read after it.
        var count = writer.Count;
        (_writer, _chunks, _until) = (writer, writer.Chunks, until.Ticks);
        Count = Search(count, (chunk, at) => chunk.Entered(at) > _until);
        ReadBack = writer.ReadBack is { } readBack && readBack.At.Ticks <= _until ? readBack : null;
    }

    /// <summary>The name of the probe or workload.</summary>
    public string Source => Settings.Name;

    /// <summary>What is known of it.</summary>
    public SourceSettings Settings => _writer.Settings;

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>Nothing later is in it.</summary>
    public TimeSpan Until => TimeSpan.FromTicks(_until);

    /// <summary>How the writes were looked up in what the system holds; null before that.</summary>
    public ReadBack? ReadBack { get; }

    /// <summary>
    /// How long an operation may be open before its silence is bad: twice the 99th percentile of the good answers of the last 10 s, at
    /// least 250 ms, at most the slow threshold or the time-out. A system that is slow and answers lifts it by itself.
    /// </summary>
    public TimeSpan OverdueAfter => TimeSpan.FromTicks(OverdueAfterTicks);

    private long OverdueAfterTicks
    {
        get
        {
            var ticks = Volatile.Read(ref _overdueAfter);
            if (ticks < 0)
            {
                ticks = ReadOverdueAfter();
                Volatile.Write(ref _overdueAfter, ticks);
            }

            return ticks;
        }
    }

    /// <inheritdoc/>
    public Operation this[int index]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
            var (chunk, at) = Locate(index);
            var due = TimeSpan.FromTicks(chunk.Due(at));
            var invoked = chunk.Invoked(at) is var sent && sent <= _until ? TimeSpan.FromTicks(sent) : (TimeSpan?)null;
            int? copies = ReadBack is { Problem: null } ? chunk.Copies(at) : null;
            return chunk.Completed(at) is var completed && completed <= _until
                ? new Operation(index, due, invoked, TimeSpan.FromTicks(completed), chunk.Verdict(at), _writer.Details[chunk.Detail(at)], _writer.Nodes[chunk.Node(at)], chunk.Id(at), chunk.Value(at), copies)
                : new Operation(index, due, invoked, null, OperationVerdict.Good, Copies: copies);
        }
    }

    /// <summary>Finds the first operation due at or after a time; windows cost what they hold.</summary>
    /// <param name="due">The time.</param>
    /// <returns>Its index; <see cref="Count"/> when there is none.</returns>
    public int From(TimeSpan due) => Search(Count, (chunk, at) => chunk.Due(at) >= due.Ticks);

    /// <summary>How an operation stands.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>How it stands at <see cref="Until"/>.</returns>
    public Standing StandingOf(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Count, nameof(index));
        var (chunk, at) = Locate(index);
        return StandingOf(chunk, at);
    }

    /// <summary>Counts how operations stand.</summary>
    /// <param name="due">Counted are those due in it, both ends included.</param>
    /// <returns>The counts.</returns>
    public Tally TallyOf(TimeWindow due)
    {
        long good = 0, bad = 0, young = 0;
        var end = After(due.End);
        for (var index = From(due.Start); index < end;)
        {
            var (chunk, at) = Locate(index);
            var entered = Math.Min(Chunk.Size, Count - index + at);
            var count = Math.Min(entered - at, end - index);
            index += count;
            if (chunk.CompleteBy(_until) is { } complete)
            {
                if (complete.Good == entered)
                {
                    good += count;
                    continue;
                }

                var open = entered - complete.Good - complete.Bad;
                if (count == entered && (open == 0 || IsOverdue(chunk.LastBegun)))
                {
                    good += complete.Good;
                    bad += complete.Bad + open;
                    continue;
                }
            }

            for (var last = at + count; at < last; at++)
            {
                switch (StandingOf(chunk, at))
                {
                    case Standing.Good:
                        good++;
                        break;
                    case Standing.Young:
                        young++;
                        break;
                    default:
                        bad++;
                        break;
                }
            }
        }

        return new Tally(good, bad, young);
    }

    /// <summary>Finds the last operation that stands bad or overdue.</summary>
    /// <param name="before">Only those of a lower index are looked at.</param>
    /// <returns>Its index, or -1.</returns>
    public int LastBad(int before)
    {
        for (var index = Math.Min(before, Count) - 1; index >= 0;)
        {
            var (chunk, at) = Locate(index);
            if (IsGood(chunk, index))
            {
                index -= at + 1;
                continue;
            }

            for (; at >= 0; at--, index--)
            {
                if (StandingOf(chunk, at) is Standing.Bad or Standing.Overdue)
                {
                    return index;
                }
            }
        }

        return -1;
    }

    /// <summary>What was seen that was not good, the most frequent first.</summary>
    /// <param name="due">Counted are those due in it, both ends included.</param>
    /// <param name="most">How many different ones at most.</param>
    /// <returns>What was seen, and how often.</returns>
    public IReadOnlyList<(string Detail, long Count)> Details(TimeWindow due, int most = 3)
    {
        // By numbers first: there are few texts and many operations.
        var numbers = new Dictionary<(OperationVerdict Verdict, int Detail), long>();
        long overdue = 0;
        var end = After(due.End);
        for (var index = From(due.Start); index < end;)
        {
            var (chunk, at) = Locate(index);
            var isGood = IsGood(chunk, index);
            var last = Math.Min(Chunk.Size, at + end - index);
            index += last - at;
            if (isGood)
            {
                continue;
            }

            for (; at < last; at++)
            {
                switch (StandingOf(chunk, at))
                {
                    case Standing.Overdue:
                        overdue++;
                        break;
                    case Standing.Bad:
                        CollectionsMarshal.GetValueRefOrAddDefault(numbers, (chunk.Verdict(at), chunk.Detail(at)), out _)++;
                        break;
                }
            }
        }

        var seen = numbers.Select(entry => (Detail: _writer.Details[entry.Key.Detail] ?? Words(entry.Key.Verdict), Count: entry.Value));
        return [.. seen
            .Concat(overdue > 0 ? [("no answer yet", overdue)] : [])
            .GroupBy(entry => entry.Detail, entry => entry.Count, (detail, counts) => (Detail: detail, Count: counts.Sum()), StringComparer.Ordinal)
            .OrderByDescending(entry => entry.Count)
            .ThenBy(entry => entry.Detail, StringComparer.Ordinal)
            .Take(most)];
    }

    /// <inheritdoc/>
    public IEnumerator<Operation> GetEnumerator() => new OperationsEnumerator(this);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal long DueTicks(int index) => _chunks[index >> Chunk.Bits].Due(index & (Chunk.Size - 1));

    internal (Chunk Chunk, int At) Locate(int index) => (_chunks[index >> Chunk.Bits], index & (Chunk.Size - 1));

    /// <summary>What a chunk comes to whose every operation is there, where all that is complete of it is in this prefix; else null.</summary>
    internal ChunkSummary? SummaryOf(Chunk chunk) => chunk.Summary is { } summary && summary.LastCompleted <= _until ? summary : null;

    private static string Words(OperationVerdict verdict) => verdict switch
    {
        OperationVerdict.Slow => "slow",
        OperationVerdict.NotSent => "not sent",
        _ => "error",
    };

    private int After(TimeSpan due) => Search(Count, (chunk, at) => chunk.Due(at) > due.Ticks);

    private int Search(int count, Func<Chunk, int, bool> isBeyond)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            var (chunk, at) = Locate(middle);
            (low, high) = isBeyond(chunk, at) ? (low, middle) : (middle + 1, high);
        }

        return low;
    }

    internal Standing StandingOf(Chunk chunk, int at)
    {
        if (chunk.Completed(at) <= _until)
        {
            return chunk.Verdict(at) == OperationVerdict.Good ? Standing.Good : Standing.Bad;
        }

        // One that nobody has begun is judged from when it was due: the system has not served it either.
        var since = chunk.Invoked(at) is var sent && sent <= _until ? sent : chunk.Due(at);
        return IsOverdue(since) ? Standing.Overdue : Standing.Young;
    }

    private bool IsOverdue(long since) => _until - since > OverdueAfterTicks;

    // Whether all operations of a chunk that are in this prefix were answered well. By the index of any of them.
    private bool IsGood(Chunk chunk, int index) =>
        chunk.CompleteBy(_until) is { } complete && complete.Good == Math.Min(Chunk.Size, Count - (index & ~(Chunk.Size - 1)));

    private long ReadOverdueAfter()
    {
        using var answers = ChunkSummary.NewAnswerCounts();
        var since = _until - AnswersOf.Ticks;
        // However long ago they were due: nothing bounds how late one was sent.
        for (var index = 0; index < Count; index += Chunk.Size)
        {
            var (chunk, _) = Locate(index);
            if (chunk.LastCompleted < since)
            {
                continue;
            }

            if (Count - index >= Chunk.Size && SummaryOf(chunk) is { } summary && summary.FirstGoodCompleted >= since)
            {
                answers.Add(summary.AnswersOf(chunk));
                continue;
            }

            for (int at = 0, last = Math.Min(Chunk.Size, Count - index); at < last; at++)
            {
                var completed = chunk.Completed(at);
                if (completed <= _until && completed >= since && chunk.Verdict(at) == OperationVerdict.Good)
                {
                    answers.Add(completed - chunk.Invoked(at));
                }
            }
        }

        var twice = answers.Count == 0 ? 0 : 2 * answers.Percentile(99);
        return Math.Min(Math.Max(twice, LeastOverdue.Ticks), Settings.Limit.Ticks);
    }
}
