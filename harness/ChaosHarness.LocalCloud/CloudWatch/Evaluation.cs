using Amazon.CloudWatch;
using Amazon.CloudWatch.Model;

namespace ChaosHarness.LocalCloud.CloudWatch;

/// <summary>
/// What an alarm makes of its datapoints, also where some are missing: as CloudWatch's guide has it in tables. A few more periods are looked at
/// than count, so that real datapoints are preferred to made-up ones.
/// </summary>
internal static class Evaluation
{
    /// <summary>How many periods are looked at beside those that count.</summary>
    public const int MorePeriods = 2;

    /// <summary>The state that datapoints mean; null for the state that it is in.</summary>
    /// <param name="alarm">The alarm.</param>
    /// <param name="breaching">Whether each datapoint breaches, the newest first; null for one that is missing.</param>
    public static StateValue? Of(MetricAlarm alarm, IReadOnlyList<bool?> breaching)
    {
        var periods = alarm.EvaluationPeriods ?? 1;
        var needed = alarm.DatapointsToAlarm ?? periods;
        var real = breaching.OfType<bool>().Take(periods).ToList();
        var bad = real.Count(value => value);
        var filled = periods - real.Count;
        if (bad >= needed)
        {
            return StateValue.ALARM;
        }

        return (alarm.TreatMissingData ?? "missing") switch
        {
            _ when filled == 0 => StateValue.OK,
            "breaching" => bad + filled >= needed ? StateValue.ALARM : StateValue.OK,
            "notBreaching" => StateValue.OK,
            _ when real.Contains(false) => StateValue.OK,
            "ignore" => null,
            _ when real.Count == 0 => StateValue.INSUFFICIENT_DATA,
            // All that there is breaches, and began long enough ago.
            _ => OldestOf(breaching, periods) >= needed ? StateValue.ALARM : null,
        };
    }

    private static int OldestOf(IReadOnlyList<bool?> breaching, int periods) =>
        Enumerable.Range(0, Math.Min(periods, breaching.Count)).Where(back => breaching[back] is true).Select(back => back + 1).LastOrDefault();
}
