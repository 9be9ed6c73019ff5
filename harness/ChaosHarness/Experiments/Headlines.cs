using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>The figures of a run that tables and cards have a column for, as numbers and in words. Nothing is measured here.</summary>
/// <param name="figures">The figures of the run.</param>
public sealed class Headlines(IReadOnlyList<RecordedFigure> figures)
{
    private const string None = "-";
    private const string NotKnown = "not known";
    private readonly IReadOnlyList<RecordedFigure> _figures = UnseenRecoveries.In(figures);

    /// <summary>RTA; no upper bound when it did not recover, null when it was not measured.</summary>
    public Bounds? Recovery => Time(_figures.Main(FigureNames.RecoveryTime));

    /// <summary>RTO; null when the recovery was not held against one.</summary>
    public TimeSpan? Rto => Objective(FigureNames.RecoveryTime) is { } seconds ? Seconds(seconds) : null;

    /// <summary>Whether the RTO was kept, as its verdict says; null when the recovery was not held against one.</summary>
    public bool? RtoKept => _figures.Main(FigureNames.RecoveryTime)?.Met;

    /// <summary>Whether users were interrupted at all; null when that was not measured, or too little was seen.</summary>
    public bool? Interrupted => Recovers is null ? null : !IsUnseen;

    /// <summary>Whether users were served again; null when that was not measured, or the run ended before enough was seen.</summary>
    public bool? Recovers => _figures.Main(FigureNames.RecoveryTime)?.Figure is { IsKnown: true } figure ? figure.IsBounded : null;

    /// <summary>TTD; no upper bound when nobody noticed, null when nobody could have.</summary>
    public Bounds? TimeToDetect => Time(_figures.Main(FigureNames.TimeToDetect));

    /// <summary>Who noticed first; null when nobody did, or nobody knows.</summary>
    public string? DetectedBy => _figures.Named(FigureNames.TimeToDetect)
        .Where(recorded => recorded.Figure is { Subject.Length: > 0, Upper: not null })
        .MinBy(recorded => recorded.Figure.Upper)?.Figure.Subject;

    /// <summary>Writes acknowledged.</summary>
    public long? WritesAcknowledged => Count(FigureNames.AcknowledgedWrites);

    /// <summary>RPA in writes.</summary>
    public long? WritesLost => Count(FigureNames.LostWrites);

    /// <summary>Writes acknowledged by a node that was no longer primary.</summary>
    public long? WritesDiverged => Count(FigureNames.DivergedWrites);

    /// <summary>RPA in time.</summary>
    public TimeSpan? LossAge => Upper(FigureNames.RecoveryPoint) is { } age ? Seconds(age) : null;

    /// <summary>RPO in words, such as <c>500 writes, 2s</c>; null without.</summary>
    public string? Rpo => Words(Objective(FigureNames.LostWrites) is { } writes ? Plural(writes) : null, Objective(FigureNames.RecoveryPoint) is { } age ? DurationText.Format(Seconds(age)) : null);

    /// <summary>Availability from the strike to the end of observing, 0 to 1.</summary>
    public double? Availability => _figures.Main(FigureNames.Availability)?.Figure.Lower;

    /// <summary>The least availability that it was held against; null without.</summary>
    public double? AvailabilityObjective => Objective(FigureNames.Availability);

    /// <summary>The requests that the availability is a share of.</summary>
    public long? Due => Count(FigureNames.DueRequests);

    /// <summary>Those of them that were good.</summary>
    public long? Good => Due is { } due && Availability is { } share ? (long)Math.Round(share * due) : null;

    /// <summary>The largest share of a system's service instances that was taken away, 0 to 1.</summary>
    public double? CapacityLost => _figures.Main(FigureNames.CapacityLost)?.Figure.Lower;

    /// <summary>RTA in words, such as <c>1.02s..1.05s</c>, <c>no interruption longer than 12ms</c> or <c>not known</c>.</summary>
    public string RecoveryText => (Recovery, IsUnseen) switch
    {
        ({ Upper: { } longest }, true) => $"no interruption longer than {Outward.AtMost(longest)}",
        ({ }, _) when Recovers is null => NotKnown,
        ({ } never, _) when Recovers is false => $"not recovered after {Outward.AtLeast(never.Lower)}",
        ({ } bounds, _) => bounds.ToString(),
        _ => None,
    };

    /// <summary>The same where room is scarce: <c>&lt; 12ms</c> for what nobody can have seen for longer.</summary>
    public string RecoveryShortText => Recovery is { Upper: { } longest } && IsUnseen ? $"< {Outward.AtMost(longest)}" : RecoveryText;

    /// <summary>RPA in words, such as <c>17 of 4213 writes, 340ms</c>.</summary>
    public string LossText => WritesLost is not { } lost ? None
        : (WritesAcknowledged is { } all ? string.Create(CultureInfo.InvariantCulture, $"{lost} of {all} writes") : Plural(lost)) + (lost > 0 && LossAge is { } age ? ", " + DurationText.Format(age) : "");

    /// <summary>TTD in words, such as <c>100ms..120ms by load balancer</c>.</summary>
    public string DetectionText => TimeToDetect switch
    {
        null => None,
        { Upper: null } => "nobody noticed",
        { } bounds => $"{bounds}{(DetectedBy is { } source ? " by " + source : "")}",
    };

    /// <summary>Availability in words, such as <c>97.25% (3891 of 4001)</c>, rounded down so that 100% means all.</summary>
    public string AvailabilityText => Availability is not { } share ? None
        : string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(Math.Round(share * 10000, 6)) / 100:0.##}%{(Good is { } good ? $" ({good} of {Due})" : "")}");

    private bool IsUnseen => _figures.Main(FigureNames.RecoveryTime) is { Figure.Subject: var signal }
        && _figures.Named(FigureNames.UnseenInterruption).Any(unseen => unseen.Figure.Subject == signal && unseen.Figure.Upper is not null);

    // A time that is too long for a clock is as good as none that ends.
    private static TimeSpan Seconds(double seconds) => seconds < TimeSpan.MaxValue.TotalSeconds ? TimeSpan.FromSeconds(Math.Max(seconds, 0)) : TimeSpan.MaxValue;

    private static Bounds? Time(RecordedFigure? recorded) => recorded is null ? null : new Bounds(Seconds(recorded.Figure.Lower ?? 0), recorded.Figure.Upper is { } upper ? Seconds(upper) : null);

    private static string Plural(double count) => string.Create(CultureInfo.InvariantCulture, $"{count:0.###} {(count.Equals(1) ? "write" : "writes")}");

    private static string? Words(params IEnumerable<string?> words) => string.Join(", ", words.OfType<string>()) is { Length: > 0 } text ? text : null;

    private double? Upper(string name) => _figures.Main(name)?.Figure.Upper;

    private double? Objective(string name) => _figures.Main(name)?.Objective;

    private long? Count(string name) => Upper(name) is { } count ? (long)count : null;
}
