using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Charts;

/// <summary>When one fault of a run was there, as far as its chart is concerned.</summary>
/// <param name="Name">What it did.</param>
/// <param name="Injected">From the beginning of its injection to its having taken effect.</param>
/// <param name="Reverted">From the beginning of its revert to its being undone; null when it was not.</param>
/// <param name="IsWeakness">Whether it is no part of the disaster, only what the disaster strikes on top of.</param>
internal sealed record ChartedFault(string Name, TimeWindow Injected, TimeWindow? Reverted, bool IsWeakness)
{
    /// <summary>Those that took effect, in the order in which they did.</summary>
    public static IReadOnlyList<ChartedFault> Of(RunRecord run) =>
    [
        .. run.Faults
            .Select(fault => new ChartedFault(fault.Description, fault.Injected, fault.Reverted, fault.Injected.Start < (run.Injection?.Start ?? TimeSpan.Zero)))
            .OrderBy(fault => fault.Injected.Start),
    ];

    /// <summary>When the last of the disaster struck: what recovery counts from; null when nothing did.</summary>
    public static TimeSpan? LastStrike(IEnumerable<ChartedFault> faults) => faults.Where(fault => !fault.IsWeakness).Select(fault => (TimeSpan?)fault.Injected.Start).Max();

    /// <summary>When the undoing of the last fault that was undone began; null when none was.</summary>
    public static TimeSpan? LastRevert(IEnumerable<ChartedFault> faults) => faults.Select(fault => fault.Reverted?.Start).Max();
}
