using System.Collections;
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
    private TimeSpan? _overdueAfter;

    internal Operations(OperationWriter writer, TimeSpan until)
    {
        // The count first: every chunk that it needs is in the array that is read after it.
        var count = Volatile.Read(ref writer.CountReference);
        (_writer, _chunks, _until) = (writer, writer.Chunks, until.Ticks);
        Count = Search(count, index => _chunks[index >> Chunk.Bits].Entered(index & (Chunk.Size - 1)) > _until);
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
    public ReadBack? ReadBack => _writer.ReadBack is { } readBack && readBack.At.Ticks <= _until ? readBack : null;

    /// <summary>
    /// How long an operation may be open before its silence is bad: twice the 99th percentile of the good answers of the last 10 s, at
    /// least 250 ms, at most the slow threshold or the time-out. A system that is slow and answers lifts it by itself.
    /// </summary>
    public TimeSpan OverdueAfter => _overdueAfter ??= ReadOverdueAfter();

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
                ? new Operation(index, due, invoked, TimeSpan.FromTicks(completed), chunk.Verdict(at), _writer.DetailTexts[chunk.Detail(at)], _writer.NodeTexts[chunk.Node(at)], chunk.Id(at), chunk.Value(at), copies)
                : new Operation(index, due, invoked, null, OperationVerdict.Good, Copies: copies);
        }
    }

    /// <summary>Finds the first operation due at or after a time; windows cost what they hold.</summary>
    /// <param name="due">The time.</param>
    /// <returns>Its index; <see cref="Count"/> when there is none.</returns>
    public int From(TimeSpan due) => Search(Count, index => _chunks[index >> Chunk.Bits].Due(index & (Chunk.Size - 1)) >= due.Ticks);

    /// <summary>How an operation stands.</summary>
    /// <param name="index">Its index.</param>
    /// <returns>How it stands at <see cref="Until"/>.</returns>
    public Standing StandingOf(int index)
    {
        var (chunk, at) = Locate(index);
        return StandingOf(chunk, at);
    }

    /// <summary>Counts how operations stand.</summary>
    /// <param name="due">Counted are those due in it, both ends included.</param>
    /// <returns>The counts.</returns>
    public Tally TallyOf(TimeWindow due)
    {
        long good = 0, bad = 0, young = 0;
        var end = From(due.End + TimeSpan.FromTicks(1));
        for (var index = From(due.Start); index < end;)
        {
            var (chunk, at) = Locate(index);
            if (at == 0 && index + Chunk.Size <= end && Whole(chunk) is { } summary)
            {
                (good, bad) = (good + summary.Good, bad + summary.Bad);
                index += Chunk.Size;
                continue;
            }

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

            index++;
        }

        return new Tally(good, bad, young);
    }

    /// <summary>Finds the last operation that stands bad or overdue.</summary>
    /// <param name="before">Only those of a lower index are looked at.</param>
    /// <returns>Its index, or -1.</returns>
    public int LastBad(int before)
    {
        for (var index = Math.Min(before, Count) - 1; index >= 0; index--)
        {
            var (chunk, at) = Locate(index);
            if (at == Chunk.Size - 1 && Whole(chunk) is { Bad: 0 })
            {
                index -= Chunk.Size - 1;
                continue;
            }

            if (StandingOf(chunk, at) is Standing.Bad or Standing.Overdue)
            {
                return index;
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
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        var end = From(due.End + TimeSpan.FromTicks(1));
        for (var index = From(due.Start); index < end; index++)
        {
            var (chunk, at) = Locate(index);
            if (at == 0 && Whole(chunk) is { Bad: 0 })
            {
                index += Chunk.Size - 1;
                continue;
            }

            var seen = StandingOf(chunk, at) switch
            {
                Standing.Overdue => "no answer yet",
                Standing.Bad => _writer.DetailTexts[chunk.Detail(at)] ?? Words(chunk.Verdict(at)),
                _ => null,
            };
            if (seen is not null)
            {
                counts[seen] = counts.GetValueOrDefault(seen) + 1;
            }
        }

        return [.. counts.OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key, StringComparer.Ordinal).Take(most).Select(entry => (entry.Key, entry.Value))];
    }

    /// <inheritdoc/>
    public IEnumerator<Operation> GetEnumerator()
    {
        for (var index = 0; index < Count; index++)
        {
            yield return this[index];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal long DueTicks(int index) => _chunks[index >> Chunk.Bits].Due(index & (Chunk.Size - 1));

    internal (Chunk Chunk, int At) Locate(int index) => (_chunks[index >> Chunk.Bits], index & (Chunk.Size - 1));

    /// <summary>What a chunk comes to, where all of it is in this prefix; else null.</summary>
    internal ChunkSummary? Whole(Chunk chunk) => chunk.Summary is { } summary && summary.LastCompleted <= _until ? summary : null;

    private static string Words(OperationVerdict verdict) => verdict switch
    {
        OperationVerdict.Slow => "slow",
        OperationVerdict.NotSent => "not sent",
        _ => "error",
    };

    private static int Search(int count, Predicate<int> isBeyond)
    {
        var (low, high) = (0, count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (isBeyond(middle))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    private Standing StandingOf(Chunk chunk, int at)
    {
        if (chunk.Completed(at) <= _until)
        {
            return chunk.Verdict(at) == OperationVerdict.Good ? Standing.Good : Standing.Bad;
        }

        // One that nobody has begun is judged from when it was due: the system has not served it either.
        var since = chunk.Invoked(at) is var sent && sent <= _until ? sent : chunk.Due(at);
        return _until - since > OverdueAfter.Ticks ? Standing.Overdue : Standing.Young;
    }

    private TimeSpan ReadOverdueAfter()
    {
        var latencies = new TickHistogram();
        var since = _until - AnswersOf.Ticks;
        // What was answered since then was sent no earlier than a time-out before it.
        for (var index = From(TimeSpan.FromTicks(since) - Settings.Timeout); index < Count; index++)
        {
            var (chunk, at) = Locate(index);
            if (at == 0 && Whole(chunk) is { } summary && summary.LastCompleted < since)
            {
                index += Chunk.Size - 1;
                continue;
            }

            var completed = chunk.Completed(at);
            if (completed <= _until && completed >= since && chunk.Verdict(at) == OperationVerdict.Good)
            {
                latencies.Add(completed - chunk.Invoked(at));
            }
        }

        var twice = latencies.Count == 0 ? LeastOverdue : TimeSpan.FromTicks(2 * latencies.Percentile(99));
        var atLeast = twice > LeastOverdue ? twice : LeastOverdue;
        return atLeast < Settings.Limit ? atLeast : Settings.Limit;
    }
}
