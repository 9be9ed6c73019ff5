using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Replication;

/// <summary>
/// Follows canaries from a primary to a replica: a workload writes their numbers, a probe reads the newest that the replica has. It needs neither clocks
/// that agree nor what either side says of its lag: all times are of requests that were sent from here.
/// </summary>
/// <param name="Canaries">The workload whose write number k makes k readable, or a newer one.</param>
/// <param name="Replica">The probe whose value is the newest number that the replica has; -1 for none.</param>
public sealed record ReplicationChecker(string Canaries, string Replica) : IChecker<ReplicationFinding>
{
    /// <inheritdoc/>
    public string Name => $"replication to {Replica}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => [Canaries, Replica];

    /// <inheritdoc/>
    public ReplicationFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var seen = history.AtCut;
        var (written, read) = (seen.Of(Canaries), seen.Of(Replica));
        var canaries = CanaryWrites.Of(written);
        var reads = CanaryReads.Of(read);
        return new ReplicationFinding(
            Replica,
            canaries.Count == 0 ? $"no canary of {Canaries} was acknowledged{Why(written)}" : reads.Count == 0 ? $"{Replica} was never read{Why(read)}" : null,
            new LagDistribution(reads.LagsOf(canaries)),
            ReplicaGap.Worst(canaries, reads),
            reads.WentBack);
    }

    private static string Why(Operations operations) =>
        operations.Details(new TimeWindow(TimeSpan.Zero, operations.Until), most: 1) is [var (detail, _)] ? $": {detail}" : "";
}
