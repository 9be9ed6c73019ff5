using ChaosHarness.Ledger.Gates;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Statistics;

namespace ChaosHarness.Ledger.Tests.Gates;

/// <summary>The gate on histories whose truth is known: how often it cries wolf, and how often it sees the wolf.</summary>
public sealed class GatePowerTests
{
    private const int Histories = 1000;
    private const int HistoryLength = 30;
    private static readonly GateOptions Options = new();

    private static IEnumerable<string> Noises => SimulatedHistories.Noises.Keys;

    // Asked after every run, as a pipeline does: one alarm in 30 runs is a false alarm of that history.
    [TestCaseSource(nameof(Noises))]
    public void A_stable_history_of_30_runs_raises_an_alarm_in_at_most_5_percent(string noise)
    {
        var random = new Random(20261125);
        var alarms = Enumerable.Range(0, Histories).Count(_ =>
        {
            var runs = SimulatedHistories.Runs(random, SimulatedHistories.Noises[noise], 0.8).Take(HistoryLength).ToList();
            return Enumerable.Range(1, HistoryLength).Any(length => IsAlarm(runs[..length]));
        });

        TestContext.Out.WriteLine($"{noise}: {alarms} of {Histories} histories");
        Assert.That(alarms, Is.AtMost(Histories * 5 / 100));
    }

    [TestCaseSource(nameof(Noises))]
    public void A_recovery_that_is_half_as_slow_again_is_seen_within_5_runs_in_at_least_90_percent(string noise)
    {
        var random = new Random(20261126);
        var detected = Enumerable.Range(0, Histories).Count(_ =>
        {
            var runs = SimulatedHistories.Runs(random, SimulatedHistories.Noises[noise], 0.8).Take(HistoryLength)
                .Concat(SimulatedHistories.Runs(random, SimulatedHistories.Noises[noise], 1.2).Take(5))
                .ToList();
            return Enumerable.Range(1, 5).Any(after => IsAlarm(runs[..(HistoryLength + after)]));
        });

        TestContext.Out.WriteLine($"{noise}: {detected} of {Histories} histories");
        Assert.That(detected, Is.AtLeast(Histories * 90 / 100));
    }

    private static bool IsAlarm(List<LedgerRun> oldestFirst) => RegressionGate.Judge([.. Enumerable.Reverse(oldestFirst)], Options)!.Verdict == ChangeVerdict.Worse;
}
