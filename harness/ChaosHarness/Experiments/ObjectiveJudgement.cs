using System.Globalization;
using ChaosHarness.Expectations;
using ChaosHarness.SteadyState;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Holds measurements against objectives. An objective that could not be measured is missed.</summary>
internal static class ObjectiveJudgement
{
    public static IReadOnlyList<Verdict> Judge(Objectives objectives, Measurements measured, SteadyStateReport? after)
    {
        var verdicts = new List<Verdict>();
        if (objectives.Rto is { } rto)
        {
            var actual = measured.Recovery?.ToString() ?? "not measured";
            verdicts.Add(new Verdict($"RTO {DurationText.Format(rto)}", actual, measured.Recovery?.Actual.AtMost(rto) ?? false));
        }

        if (objectives.Rpo is { } rpo)
        {
            verdicts.Add(new Verdict($"RPO {rpo}", measured.DataLoss?.ToString() ?? "not measured", measured.DataLoss is { } loss && rpo.IsMetBy(loss)));
        }

        if (objectives.Availability is { } availability)
        {
            var objective = string.Create(CultureInfo.InvariantCulture, $"availability {availability * 100:0.###}%");
            verdicts.Add(new Verdict(objective, measured.Availability?.ToString() ?? "not measured", measured.Availability?.Ratio >= availability));
        }

        verdicts.Add(new Verdict("steady state comes back", after?.ToString() ?? "it was not seen again", after?.Holds ?? false));
        return verdicts;
    }
}
