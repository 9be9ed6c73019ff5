using ChaosHarness.Experiments;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Runs;

/// <summary>What a run showed, as words that criteria ask for. Each comes from what was recorded, none from what somebody claims.</summary>
public static class RunEvidence
{
    /// <summary>A fault was injected.</summary>
    public const string Injected = "injected";

    /// <summary>Every component of one zone was hit.</summary>
    public const string ZoneLost = "zone-lost";

    /// <summary>A node became primary after the injection.</summary>
    public const string FailedOver = "failed-over";

    /// <summary>An instance of a service was hit.</summary>
    public const string ServiceHit = "service-hit";

    /// <summary>A database node was hit.</summary>
    public const string DatabaseHit = "database-hit";

    /// <summary>A network link was hit.</summary>
    public const string LinkHit = "link-hit";

    /// <summary>A circuit breaker changed its state.</summary>
    public const string BreakerMoved = "breaker-moved";

    /// <summary>The system noticed.</summary>
    public const string Detected = "detected";

    /// <summary>The system noticed, and its users did not.</summary>
    public const string Absorbed = "absorbed";

    /// <summary>Acknowledged writes were looked up afterwards.</summary>
    public const string Reconciled = "reconciled";

    /// <summary>Users were served again before the fault was undone.</summary>
    public const string HealedItself = "healed-itself";

    /// <summary>Different faults were active at the same time.</summary>
    public const string SeveralFaults = "several-faults";

    /// <summary>Reads the evidence of a run.</summary>
    /// <param name="result">Its record.</param>
    /// <returns>The words, sorted.</returns>
    public static IReadOnlyList<string> Of(RunRecord result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (result.Injection is not { } injection)
        {
            return [];
        }

        var measured = result.Measurements;
        var hit = result.Faults.SelectMany(fault => fault.Targets).ToHashSet(StringComparer.Ordinal);
        var kinds = result.Components.Where(component => hit.Contains(component.Name)).Select(component => component.Kind).ToHashSet();
        (string Word, bool Holds)[] words =
        [
            (Injected, true),
            (ZoneLost, LosesAZone(result, hit)),
            (FailedOver, result.Timeline.Any(entry => entry.Kind == TimelineKind.Promotion && entry.At >= injection.Start)),
            (ServiceHit, kinds.Contains(ComponentKind.Service)),
            (DatabaseHit, kinds.Contains(ComponentKind.Database)),
            (LinkHit, kinds.Contains(ComponentKind.Link)),
            (BreakerMoved, measured.Breakers.Any(breaker => breaker.Transitions > 0)),
            (Detected, measured.Detections.Count > 0),
            (Absorbed, measured.Detections.Count > 0 && measured.Recovery is { Interrupted: false, Recovered: true }),
            (Reconciled, measured.DataLoss is { Acknowledged: > 0 }),
            (HealedItself, measured.Recovery is { Recovered: true, StableFrom: { } stable } && stable <= FirstRevert(result, injection)),
            (SeveralFaults, HasSeveralFaults(result)),
        ];
        return [.. words.Where(word => word.Holds).Select(word => word.Word).Order(StringComparer.Ordinal)];
    }

    /// <summary>The largest share of the instances of services that the faults of a run took away.</summary>
    /// <param name="result">Its record.</param>
    /// <returns>0 to 1; null when they took none, or the system lists no services.</returns>
    public static double? CapacityLost(RunRecord result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var services = result.Components.Where(component => component.Kind == ComponentKind.Service).ToList();
        var hit = result.Injection is null ? [] : result.Faults.SelectMany(fault => fault.Targets).ToHashSet(StringComparer.Ordinal);
        var lost = services.Count(service => hit.Contains(service.Name));
        return lost == 0 ? null : (double)lost / services.Count;
    }

    // A zone with a single component is no more than that component.
    private static bool LosesAZone(RunRecord result, HashSet<string> hit) => result.Components
        .Where(component => component is { Zone: not null, Kind: not ComponentKind.Link })
        .GroupBy(component => component.Zone)
        .Any(zone => zone.Count() > 1 && zone.All(component => hit.Contains(component.Name)));

    // A fault with a duration is undone before the run reverts what is left.
    private static TimeSpan FirstRevert(RunRecord result, TimeWindow injection) => result.Faults
        .Where(fault => fault.Injected.Start >= injection.Start)
        .Select(fault => fault.Reverted?.Start ?? TimeSpan.MaxValue)
        .DefaultIfEmpty(TimeSpan.MaxValue)
        .Min();

    // The same fault on each of several instances is one failure.
    private static bool HasSeveralFaults(RunRecord result) => result.Faults
        .Any(fault => result.Faults.Any(other => other.RevertKind != fault.RevertKind
            && other.Injected.Start <= (fault.Reverted?.Start ?? TimeSpan.MaxValue)
            && fault.Injected.Start <= (other.Reverted?.Start ?? TimeSpan.MaxValue)));
}
