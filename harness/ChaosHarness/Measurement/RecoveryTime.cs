using ChaosHarness.Histories;
using ChaosHarness.Probes;
using ChaosHarness.Timing;

namespace ChaosHarness.Measurement;

/// <summary>Recovery time actual (RTA), measured on one signal.</summary>
/// <param name="Actual">
/// Lower bound: the last bad observation's due time minus the end of the injection. Upper bound: completion of the first observation
/// of the stable run minus the start of the injection. Null upper bound: never stably recovered.
/// </param>
/// <param name="Interrupted">Whether any bad observation was seen. If not, the bounds say how long an unseen interruption may have been.</param>
/// <param name="Outages">Runs of bad observations; more than 1 means that it failed again after looking well.</param>
/// <param name="LastBad">When the last bad observation was due, since the start of the run.</param>
/// <param name="StableFrom">When the first observation of the stable run was complete.</param>
public sealed record RecoveryTime(Bounds Actual, bool Interrupted, int Outages, TimeSpan? LastBad, TimeSpan? StableFrom)
{
    /// <summary>Whether the signal was stable at the end.</summary>
    public bool Recovered => Actual.Upper is not null;

    /// <summary>Such as <c>1.02s..1.05s</c>, or <c>no interruption longer than 12ms</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => (Interrupted, Actual.Upper) switch
    {
        (false, { } upper) => $"no interruption longer than {DurationText.Format(upper)}",
        (_, null) => $"not recovered after {DurationText.Format(Actual.Lower)}",
        _ => Actual.ToString(),
    };

    /// <summary>Measures RTA.</summary>
    /// <param name="observations">One signal's observations in the order of their schedule.</param>
    /// <param name="injection">When the injection began and ended.</param>
    /// <param name="until">The end of observing; later observations are left out, since reverting can disturb too.</param>
    /// <param name="stability">What counts as recovered.</param>
    /// <returns>The measurement; unbounded when no stable run follows the last bad observation.</returns>
    public static RecoveryTime Measure(IReadOnlyList<Observation> observations, TimeWindow injection, TimeSpan until, Stability stability)
    {
        ArgumentNullException.ThrowIfNull(observations);
        var first = FirstAffected(observations, injection);
        var (lastBad, outages, end) = Scan(observations, first, until);
        var stableRun = lastBad is { } bad ? bad + 1 : first;
        var isStable = IsStable(observations, stableRun, end, stability);
        if (lastBad is { } index)
        {
            var lastBadDue = observations[index].Due;
            return isStable
                ? new RecoveryTime(injection.Until(lastBadDue, observations[stableRun].Completed), true, outages, lastBadDue, observations[stableRun].Completed)
                : new RecoveryTime(NeverFrom(Max(lastBadDue, LastSeen(observations, end)) - injection.End), true, outages, lastBadDue, null);
        }

        return isStable
            ? new RecoveryTime(new Bounds(TimeSpan.Zero, LongestBlindSpot(observations, first, end)), false, 0, null, observations[stableRun].Completed)
            : new RecoveryTime(NeverFrom(until - injection.End), false, 0, null, null);
    }

    // A request that was due before the injection and completed after its start may have felt it.
    private static int FirstAffected(IReadOnlyList<Observation> observations, TimeWindow injection)
    {
        var first = 0;
        while (first < observations.Count && observations[first].Due < injection.Start && observations[first].Completed < injection.Start)
        {
            first++;
        }

        return first;
    }

    private static (int? LastBad, int Outages, int End) Scan(IReadOnlyList<Observation> observations, int first, TimeSpan until)
    {
        int? lastBad = null;
        var outages = 0;
        var end = first;
        for (; end < observations.Count && observations[end].Due <= until; end++)
        {
            if (!observations[end].IsGood)
            {
                outages += lastBad == end - 1 && lastBad is not null ? 0 : 1;
                lastBad = end;
            }
        }

        return (lastBad, outages, end);
    }

    private static bool IsStable(IReadOnlyList<Observation> observations, int start, int end, Stability stability) =>
        end - start >= Math.Max(stability.Observations, 1) && observations[end - 1].Completed - observations[start].Due >= stability.Duration;

    // Between one good observation being sent and the next being answered, an interruption could go unseen.
    private static TimeSpan LongestBlindSpot(IReadOnlyList<Observation> observations, int first, int end)
    {
        var longest = observations[first].Completed - (first > 0 ? observations[first - 1].Due : observations[first].Due);
        for (var i = first + 1; i < end; i++)
        {
            longest = Max(longest, observations[i].Completed - observations[i - 1].Due);
        }

        return longest;
    }

    private static TimeSpan LastSeen(IReadOnlyList<Observation> observations, int end) => end > 0 ? observations[end - 1].Due : TimeSpan.Zero;

    private static Bounds NeverFrom(TimeSpan lower) => new(Max(lower, TimeSpan.Zero), null);

    private static TimeSpan Max(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
