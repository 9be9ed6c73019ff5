using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Replication;

/// <summary>The canaries that a primary acknowledged.</summary>
internal sealed class CanaryWrites
{
    private readonly TimeSpan[] _earliestFrom;

    private CanaryWrites(IReadOnlyList<Canary> acknowledged)
    {
        Acknowledged = acknowledged;
        _earliestFrom = new TimeSpan[acknowledged.Count];
        for (var index = acknowledged.Count - 1; index >= 0; index--)
        {
            var later = index + 1 < acknowledged.Count ? _earliestFrom[index + 1] : TimeSpan.MaxValue;
            _earliestFrom[index] = acknowledged[index].Acknowledged < later ? acknowledged[index].Acknowledged : later;
        }
    }

    /// <summary>In the order of their numbers.</summary>
    public IReadOnlyList<Canary> Acknowledged { get; }

    public int Count => Acknowledged.Count;

    /// <summary>The last acknowledgement: after it nobody knows of a primary.</summary>
    public TimeSpan Last => Acknowledged.Max(canary => canary.Acknowledged);

    public static CanaryWrites Of(Operations writes) => new([.. writes
        .Where(write => write is { Completed: not null, Invoked: not null, Verdict: OperationVerdict.Good or OperationVerdict.Slow })
        .Select(write => new Canary(write.Number, write.Invoked!.Value, write.Completed!.Value))]);

    /// <summary>The first acknowledgement of a canary that is newer than a number; null when there is none.</summary>
    public TimeSpan? FirstAfter(long number)
    {
        var (low, high) = (0, Count);
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = Acknowledged[middle].Number > number ? (low, middle) : (middle + 1, high);
        }

        return low < Count ? _earliestFrom[low] : null;
    }
}
