using ChaosHarness.Timing;
using ChaosHarness.Workloads;

namespace ChaosHarness.Measurement;

/// <summary>Compares the writes that were acknowledged with those that the system holds.</summary>
public static class Reconciliation
{
    /// <summary>Looks every write up. One byte of memory a write beside the record itself, and an entry for each that was lost.</summary>
    /// <param name="writes">The record; nothing may be added meanwhile.</param>
    /// <param name="stored">All ids that the system holds, in any order; foreign ids are passed over.</param>
    /// <param name="injection">When the injection began and ended.</param>
    /// <param name="promotions">Which nodes took over, and when; empty when none did or nobody knows.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <returns>What was lost, indeterminate, duplicated, diverged.</returns>
    public static async Task<DataLoss> ReconcileAsync(
        WriteLog writes,
        IAsyncEnumerable<long> stored,
        TimeWindow injection,
        IReadOnlyList<Promotion> promotions,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(writes);
        ArgumentNullException.ThrowIfNull(stored);
        ArgumentNullException.ThrowIfNull(promotions);
        var copies = new byte[writes.Count];
        await foreach (var id in stored.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (writes.TryNumber(id, out var number) && copies[number] < byte.MaxValue)
            {
                copies[number]++;
            }
        }

        return Count(writes, copies, injection, promotions);
    }

    private static DataLoss Count(WriteLog writes, byte[] copies, TimeWindow injection, IReadOnlyList<Promotion> promotions)
    {
        long sent = 0, acknowledged = 0, lost = 0, indeterminate = 0, duplicated = 0, diverged = 0;
        TimeSpan? oldestLost = null;
        var lostWrites = new List<LostWrite>();
        for (long number = 0; number < copies.Length; number++)
        {
            var write = writes[number];
            var present = copies[number];
            sent += write.Sent is null ? 0 : 1;
            duplicated += present > 1 ? 1 : 0;
            if (write.Acknowledged is not { } at)
            {
                indeterminate += present > 0 ? 1 : 0;
                continue;
            }

            acknowledged++;
            diverged += IsDiverged(write, promotions) ? 1 : 0;
            if (present == 0)
            {
                lost++;
                oldestLost = oldestLost is { } oldest && oldest < at ? oldest : at;
                lostWrites.Add(new LostWrite(writes.Id(number), at, write.AcknowledgedBy));
            }
        }

        var age = oldestLost is { } first && injection.End > first ? injection.End - first : TimeSpan.Zero;
        return new DataLoss
        {
            Sent = sent,
            Acknowledged = acknowledged,
            Lost = lost,
            Indeterminate = indeterminate,
            Duplicated = duplicated,
            Diverged = diverged,
            Age = age,
            OldestLost = oldestLost,
            LostWrites = lostWrites,
        };
    }

    // Judged on when the write was sent: one sent before a promotion may rightly be acknowledged by the old primary a moment after it.
    private static bool IsDiverged(WriteLogEntry write, IReadOnlyList<Promotion> promotions)
    {
        if (write.AcknowledgedBy is not { } node)
        {
            return false;
        }

        string? primary = null;
        foreach (var promotion in promotions)
        {
            if (promotion.At <= write.Sent)
            {
                primary = promotion.Node;
            }
        }

        return primary is not null && primary != node;
    }
}
