using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>The recovery time under an assumption that what was seen does not refute. Never judged.</summary>
/// <param name="Actual">The recovery time, if the assumption holds.</param>
/// <param name="Longest">What is assumed: no request that meets no outage takes longer.</param>
/// <param name="Observed">How many requests of the steady state that rests on.</param>
/// <param name="LongestObserved">The longest that one of them took.</param>
public sealed record RecoveryEstimate(Bounds Actual, TimeSpan Longest, long Observed, TimeSpan LongestObserved)
{
    /// <summary>Such as <c>1.02s..1.05s, assuming that no undisturbed request takes longer than 40ms (812 observed, longest 20ms)</c>.</summary>
    /// <returns>The text.</returns>
    public override string ToString() =>
        $"{Actual}, assuming that no undisturbed request takes longer than {DurationText.Format(Longest)} ({Observed} observed, longest {DurationText.Format(LongestObserved)})";

    internal static RecoveryEstimate? Of(KnownRequests requests, RecoverySettings settings, RecoveryBounds proved)
    {
        var steady = SteadyAnswers.Of(requests, settings.Steady);
        if (steady.Narrow(settings.Rule) is not { } narrow)
        {
            return null;
        }

        var assumed = RecoveryBounds.Of(requests, narrow, settings.Injection, settings.Stability);
        var saysMore = assumed is { Interrupted: true, Recovered: true } && (!proved.Recovered || assumed.ServedFrom < proved.ServedFrom);
        return saysMore && !new Refutation(narrow.Longest, settings.Steady.End, settings.Injection.Start, assumed.ServedFrom).IsIn(requests)
            ? new RecoveryEstimate(assumed.Actual(settings.Injection), narrow.Longest, steady.Count, steady.Longest)
            : null;
    }
}
