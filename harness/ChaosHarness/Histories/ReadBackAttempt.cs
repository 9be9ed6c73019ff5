namespace ChaosHarness.Histories;

/// <summary>One attempt to look every write of a workload up: a byte a write. An attempt that was given up counts for nothing, however long it goes on.</summary>
internal sealed class ReadBackAttempt
{
    private readonly long? _firstId;
    private readonly Dictionary<StoredId, int> _ownIds = [];
    private readonly byte[] _copies;

    public ReadBackAttempt(Operations writes)
    {
        _firstId = writes.Settings.FirstId;
        _copies = new byte[writes.Count];
        for (var index = 0; index < writes.Count; index++)
        {
            var (chunk, at) = writes.Locate(index);
            if (chunk.Id(at) is { } id)
            {
                _ownIds.TryAdd(id, index);
            }
        }
    }

    /// <summary>Counts one id that the system holds; those of other runs are passed over.</summary>
    public void Count(StoredId id)
    {
        if (NumberOf(id) is { } number && _copies[number] < byte.MaxValue)
        {
            _copies[number]++;
        }
    }

    public async ValueTask CountAllAsync(IAsyncEnumerable<StoredId> stored, CancellationToken cancellationToken)
    {
        await foreach (var id in stored.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            // A reader that does not look at its token would go on for ever.
            cancellationToken.ThrowIfCancellationRequested();
            Count(id);
        }
    }

    /// <summary>What a place other than the system held.</summary>
    public HeldWrites Held(string source) => new(source, _copies);

    public void WriteTo(OperationWriter history)
    {
        for (var number = 0; number < _copies.Length; number++)
        {
            for (var copy = 0; copy < _copies[number]; copy++)
            {
                history.Hold(number);
            }
        }
    }

    private int? NumberOf(StoredId id)
    {
        if (_ownIds.TryGetValue(id, out var number))
        {
            return number;
        }

        return _firstId is { } first && id.Number is { } value && value >= first && value - first < _copies.Length ? (int)(value - first) : null;
    }
}
