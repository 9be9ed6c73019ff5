using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Pacing;

/// <summary>How well the harness kept its own schedule.</summary>
/// <param name="Sources">One entry a probe or workload.</param>
/// <param name="Limit">What is late.</param>
/// <param name="Longest">How late any may be.</param>
/// <param name="MostLate">How many may be late, as a share.</param>
public sealed record ScheduleFinding(IReadOnlyList<Lateness> Sources, TimeSpan Limit, TimeSpan Longest, double MostLate) : Finding([])
{
    /// <summary>The source that was sent the latest, where one is so late that nothing may be made of its figures; null when all are fit.</summary>
    public Lateness? Unfit => Sources.Where(source => source.Late > Math.Max(1, source.Count * MostLate) || source.Worst > Longest).MaxBy(source => source.Worst);

    /// <summary>How late each was; or why nothing may be made of the figures, and what to do.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Unfit is { } unfit
        ? $"requests were sent too late to measure anything ({unfit}; late is more than {DurationText.Format(Limit)}; {MostLate * 100:0.#}% of them may be, and none more than {DurationText.Format(Longest)}). Send fewer, or give this machine less else to do."
        : string.Join("; ", Sources);
}
