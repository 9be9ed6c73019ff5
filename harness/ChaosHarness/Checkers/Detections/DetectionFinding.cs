using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Detections;

/// <summary>Who noticed the disaster.</summary>
public sealed record DetectionFinding : Finding
{
    internal DetectionFinding(IReadOnlyList<Detection> detections, TimeWindow strike, TimeSpan? lookedUntil)
        : this(detections, TimeFrom(detections, strike, lookedUntil))
    {
    }

    private DetectionFinding(IReadOnlyList<Detection> detections, Bounds? timeToDetect)
        : base(FiguresOf(detections, timeToDetect)) => (Detections, TimeToDetect) = (detections, timeToDetect);

    /// <summary>The first signal of each source that noticed, the quickest first.</summary>
    public IReadOnlyList<Detection> Detections { get; }

    /// <summary>
    /// TTD: from the first strike to the first of them. No upper bound when nobody noticed; null when nothing struck, or the system says
    /// nothing of itself that could have told.
    /// </summary>
    public Bounds? TimeToDetect { get; }

    internal static DetectionFinding OfNothing { get; } = new([], null);

    /// <summary>Finds what a source noticed.</summary>
    /// <param name="source">The source of the signal.</param>
    /// <returns>Its detection, or null.</returns>
    public Detection? By(string source) => Detections.FirstOrDefault(detection => detection.Source == source);

    /// <summary>Such as <c>1.02s..1.05s by load balancer: orders-1</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (Detections, TimeToDetect) switch
    {
        ([var first, ..], _) => $"{TimeToDetect} by {first.Source}",
        (_, { Lower: var looked }) => $"not detected within {DurationText.Format(looked)}",
        _ => "unknown: the system says nothing of itself, or nothing has struck",
    };

    private static Bounds? TimeFrom(IReadOnlyList<Detection> detections, TimeWindow strike, TimeSpan? lookedUntil) => (detections.Count, lookedUntil) switch
    {
        (> 0, _) => strike.Until(detections.Min(detection => detection.NotBefore), detections[0].At),
        (_, { } until) => new Bounds(until > strike.End ? until - strike.End : TimeSpan.Zero, null),
        _ => null,
    };

    private static List<Figure> FiguresOf(IReadOnlyList<Detection> detections, Bounds? timeToDetect)
    {
        var figures = new List<Figure>();
        Add(FigureNames.TimeToDetect, "", timeToDetect);
        foreach (var detection in detections)
        {
            Add(FigureNames.TimeToDetect, detection.Source, detection.TimeToDetect);
            Add(FigureNames.TimeToReinstate, detection.Source, detection.TimeToReinstate);
        }

        return figures;

        void Add(string name, string subject, Bounds? bounds)
        {
            if (bounds is { } known)
            {
                figures.Add(new Figure(name, subject, Unit.Seconds, known.Lower.TotalSeconds, known.Upper?.TotalSeconds));
            }
        }
    }
}
