using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Writes;

/// <summary>What became of the writes of one workload.</summary>
internal sealed class WriteCount
{
    private readonly Operations _writes;
    private readonly Primaries _primaries;
    private readonly List<LostWrite> _lost = [];

    private WriteCount(Operations writes, Primaries primaries) => (_writes, _primaries) = (writes, primaries);

    public string Source => _writes.Source;

    /// <summary>Why nothing can be said of what the system holds; null when it can.</summary>
    public string? Problem => _writes.ReadBack switch
    {
        null => "the data has not been read back",
        { Problem: { } problem } => $"the data could not be read back: {problem}",
        _ => null,
    };

    public long Sent { get; private set; }

    public long Acknowledged { get; private set; }

    public IReadOnlyList<LostWrite> Lost => _lost;

    public long Duplicated { get; private set; }

    /// <summary>Null where the system assigns the ids: then nobody knows what became of a write that it did not acknowledge.</summary>
    public long? Indeterminate { get; private set; }

    public long Diverged { get; private set; }

    public static WriteCount Of(Operations writes, Primaries primaries)
    {
        var count = new WriteCount(writes, primaries);
        count.Run();
        return count;
    }

    private void Run()
    {
        var isReadBack = Problem is null;
        var ids = new AcknowledgedIds(_writes.Count);
        var indeterminate = 0L;
        for (var index = 0; index < _writes.Count; index++)
        {
            var (chunk, at) = _writes.Locate(index);
            var copies = isReadBack ? chunk.Copies(at) : 1;
            Sent += chunk.Invoked(at) <= _writes.Until.Ticks ? 1 : 0;
            Duplicated += copies > 1 ? 1 : 0;
            if (!IsAcknowledged(index))
            {
                indeterminate += copies > 0 ? 1 : 0;
                continue;
            }

            Acknowledged++;
            Diverged += IsByDeposed(index) ? 1 : 0;
            if (chunk.Id(at) is { } id && !IsGiven(id, index))
            {
                ids.Add(id);
            }

            if (copies == 0)
            {
                _lost.Add(Missing(_writes[index]));
            }
        }

        Indeterminate = isReadBack && !ids.Any ? indeterminate : null;
        CountRepeated(ids.Repeated());
    }

    // Of several acknowledgements of one id all but one are too many; those by a deposed node are counted already.
    private void CountRepeated(IReadOnlySet<StoredId> repeated)
    {
        if (repeated.Count == 0)
        {
            return;
        }

        var tooMany = repeated.ToDictionary(id => id, _ => -1L);
        for (var index = 0; index < _writes.Count; index++)
        {
            if (IsAcknowledged(index) && _writes[index].Id is { } id && tooMany.ContainsKey(id))
            {
                tooMany[id] += IsByDeposed(index) ? 0 : 1;
            }
        }

        Diverged += tooMany.Values.Sum(count => Math.Max(count, 0));
    }

    private bool IsGiven(StoredId id, int index) => _writes.Settings.FirstId is { } first && id == first + index;

    // One that took longer than it may is a promise as well.
    private bool IsAcknowledged(int index)
    {
        var (chunk, at) = _writes.Locate(index);
        return chunk.Completed(at) <= _writes.Until.Ticks && chunk.Verdict(at) is OperationVerdict.Good or OperationVerdict.Slow;
    }

    private bool IsByDeposed(int index) =>
        _primaries.AreKnown
        && _writes[index] is { Node: { } node, Invoked: { } sent, Completed: { } acknowledged }
        && _primaries.WasDeposed(node, sent, acknowledged);

    private LostWrite Missing(Operation write) =>
        new(write.Id ?? ((_writes.Settings.FirstId ?? 0) + write.Number), write.Completed!.Value, write.Node);
}
