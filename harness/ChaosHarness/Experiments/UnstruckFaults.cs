using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Schedules;

namespace ChaosHarness.Experiments;

/// <summary>What a run planned and did not do.</summary>
internal static class UnstruckFaults
{
    /// <summary>Finds it when the run is over.</summary>
    /// <param name="experiment">What was planned.</param>
    /// <param name="ofSchedule">What its schedule has not struck with; null when that was never begun.</param>
    /// <param name="history">What was done.</param>
    /// <param name="whyEnded">Why the run went no further; null when observing came to its end.</param>
    public static IReadOnlyList<UnstruckFault> Of(Experiment experiment, Func<string?, IReadOnlyList<UnstruckFault>>? ofSchedule, History history, string? whyEnded)
    {
        var why = whyEnded ?? "the run ended before";
        // They are injected in their order.
        var weakened = history.Faults.Count(fault => fault is { IsWeakness: true, Injected: not null });
        return
        [
            .. experiment.Weakened.Skip(weakened).Select(weakness => new UnstruckFault(weakness.Name, weakness.Targets, why) { IsWeakness = true }),
            .. ofSchedule?.Invoke(whyEnded) ?? [.. experiment.Schedule.Strikes.GroupBy(step => step, (step, all) => ScheduleRun.Unstruck(step, why) with { Times = all.Count() })],
        ];
    }
}
