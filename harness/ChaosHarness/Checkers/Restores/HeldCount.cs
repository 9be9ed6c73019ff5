using ChaosHarness.Checkers.Writes;
using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Restores;

/// <summary>The writes of one workload, held against a restored copy.</summary>
internal sealed class HeldCount
{
    private readonly List<LostWrite> _missing = [];

    public long Due { get; private set; }

    public long Missing { get; private set; }

    public IReadOnlyList<LostWrite> FirstMissing => _missing;

    public long TooNew { get; private set; }

    public long Duplicated { get; private set; }

    public long Lacks { get; private set; }

    /// <summary>When the oldest write was acknowledged that it lacks; null when it lacks none.</summary>
    public TimeSpan? OldestLacking { get; private set; }

    public static HeldCount Of(RestoredCopy copy, HeldWrites held, Operations writes, int mostNamed)
    {
        var count = new HeldCount();
        var began = copy.When.Start.Ticks;
        // Restored to the latest that there was, a copy promises nothing: what it lacks is told all the same.
        var (before, after) = copy.Target is { } target ? (target.Start.Ticks, target.End.Ticks) : (long.MinValue, long.MaxValue);
        for (var index = 0; index < writes.Count; index++)
        {
            var (chunk, at) = writes.Locate(index);
            var copies = held.CopiesOf(index);
            count.Duplicated += copies > 1 ? 1 : 0;
            count.TooNew += copies > 0 && chunk.Invoked(at) > after ? 1 : 0;
            var acknowledged = chunk.Completed(at);
            if (acknowledged > writes.Until.Ticks || chunk.Verdict(at) is not (OperationVerdict.Good or OperationVerdict.Slow))
            {
                continue;
            }

            count.Due += acknowledged < before ? 1 : 0;
            if (copies > 0)
            {
                continue;
            }

            if (acknowledged < before)
            {
                count.AddMissing(writes, index, mostNamed);
            }

            if (acknowledged < began)
            {
                count.AddLacking(TimeSpan.FromTicks(acknowledged));
            }
        }

        return count;
    }

    private void AddMissing(Operations writes, int index, int mostNamed)
    {
        Missing++;
        if (_missing.Count < mostNamed)
        {
            var write = writes[index];
            _missing.Add(new LostWrite(write.Id ?? ((writes.Settings.FirstId ?? 0) + write.Number), write.Completed!.Value, write.Node));
        }
    }

    private void AddLacking(TimeSpan acknowledged)
    {
        Lacks++;
        OldestLacking = OldestLacking < acknowledged ? OldestLacking : acknowledged;
    }
}
