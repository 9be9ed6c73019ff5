using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Ledger.Runs;

/// <summary>What a run showed, as words that criteria ask for. Each comes from what was recorded, none from what somebody claims.</summary>
public static class RunEvidence
{
    /// <summary>A fault was injected.</summary>
    public const string Injected = "injected";

    /// <summary>The faults had an effect that was seen: without one there was nothing to survive.</summary>
    public const string EffectSeen = "effect-seen";

    /// <summary>Users were interrupted.</summary>
    public const string Interrupted = "interrupted";

    /// <summary>Every component of one zone was hit, and that was noticed.</summary>
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

    /// <summary>Users were served again before the fault was undone, or all the while.</summary>
    public const string HealedItself = "healed-itself";

    /// <summary>Different faults were active at the same time.</summary>
    public const string SeveralFaults = "several-faults";

    /// <summary>A backup was restored, or was to be, and looked at.</summary>
    public const string Restored = "restored";

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

        var figures = result.Figures;
        var headlines = new Headlines(figures);
        var hit = result.Faults.SelectMany(fault => fault.Targets).ToHashSet(StringComparer.Ordinal);
        var kinds = result.Components.Where(component => hit.Contains(component.Name)).Select(component => component.Kind).ToHashSet();
        var isEffectSeen = IsEffectSeen(result, injection);
        var isDetected = headlines.TimeToDetect is { Upper: not null };
        (string Word, bool Holds)[] words =
        [
            (Injected, true),
            (EffectSeen, isEffectSeen),
            (Interrupted, headlines.Interrupted == true),
            (ZoneLost, isEffectSeen && LosesAZone(result, hit)),
            (FailedOver, HasPromoted(result, injection)),
            (ServiceHit, kinds.Contains(ComponentKind.Service)),
            (DatabaseHit, kinds.Contains(ComponentKind.Database)),
            (LinkHit, kinds.Contains(ComponentKind.Link)),
            (BreakerMoved, figures.Named(FigureNames.BreakerChanges).Any(IsAboveZero)),
            (Detected, isDetected),
            (Absorbed, isDetected && headlines.Interrupted == false),
            (Reconciled, figures.Named(FigureNames.AcknowledgedWrites).Any(IsAboveZero)),
            (HealedItself, isEffectSeen && (headlines.Interrupted == false || figures.Main(FigureNames.HealedByItself) is { Figure.Lower: 1 })),
            (Restored, figures.Named(FigureNames.RestoreTime).Any()),
            (SeveralFaults, isEffectSeen && HasSeveralFaults(result)),
        ];
        return [.. words.Where(word => word.Holds).Select(word => word.Word).Order(StringComparer.Ordinal)];
    }

    /// <summary>The largest share of the instances of services that the faults of a run took away.</summary>
    /// <param name="result">Its record.</param>
    /// <returns>0 to 1; null when they took none, had no effect that was seen, or the system lists no services.</returns>
    public static double? CapacityLost(RunRecord result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var services = result.Components.Where(component => component.Kind == ComponentKind.Service).ToList();
        var hit = result.Injection is not { } injection || !IsEffectSeen(result, injection) ? [] : result.Faults.SelectMany(fault => fault.Targets).ToHashSet(StringComparer.Ordinal);
        var lost = services.Count(service => hit.Contains(service.Name));
        return lost == 0 ? null : (double)lost / services.Count;
    }

    // A zone with a single component is no more than that component.
    private static bool LosesAZone(RunRecord result, HashSet<string> hit) => result.Components
        .Where(component => component is { Zone: not null, Kind: not ComponentKind.Link })
        .GroupBy(component => component.Zone)
        .Any(zone => zone.Count() > 1 && zone.All(component => hit.Contains(component.Name)));

    // A detection, a breaker that moved, a node that took over, an interruption, lost requests or writes: a fault that nobody felt proves nothing.
    private static bool IsEffectSeen(RunRecord result, TimeWindow injection) =>
        IsAnybodyInterrupted(result.Figures)
            || new Headlines(result.Figures).TimeToDetect is { Upper: not null }
            || result.Figures.Named(FigureNames.BreakerChanges).Any(IsAboveZero)
            || HasPromoted(result, injection)
            || result.Figures.Named(FigureNames.LostWrites).Any(IsAboveZero)
            || result.Figures.Named(FigureNames.Availability).Concat(result.Figures.Named(FigureNames.ImpactAvailability)).Any(recorded => recorded.Figure.Lower < 1);

    private static bool IsAnybodyInterrupted(IReadOnlyList<RecordedFigure> figures) => figures.Named(FigureNames.RecoveryTime)
        .Any(recovery => recovery.Figure.IsKnown && !figures.Named(FigureNames.UnseenInterruption).Any(unseen => unseen.Figure.Subject == recovery.Figure.Subject && unseen.Figure.Upper is not null));

    private static bool HasPromoted(RunRecord result, TimeWindow injection) =>
        result.Figures.Named(FigureNames.Promotions).Any(IsAboveZero) || result.Timeline.Any(entry => entry.Kind == TimelineKind.Promotion && entry.At >= injection.Start);

    private static bool IsAboveZero(RecordedFigure recorded) => recorded.Figure.Lower > 0;

    // The same fault on each of several instances is one failure.
    private static bool HasSeveralFaults(RunRecord result) => result.Faults
        .Any(fault => result.Faults.Any(other => other.RevertKind != fault.RevertKind
            && other.Injected.Start <= (fault.Reverted?.Start ?? TimeSpan.MaxValue)
            && fault.Injected.Start <= (other.Reverted?.Start ?? TimeSpan.MaxValue)));
}
