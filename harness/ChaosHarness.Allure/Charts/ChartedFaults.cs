using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Charts;

/// <summary>When the faults of a run were there, as far as its chart is concerned.</summary>
internal static class ChartedFaults
{
    /// <summary>When the last strike of the disaster began: what recovery counts from; null when nothing struck.</summary>
    public static TimeSpan? LastStrike(IReadOnlyList<FaultRecord> faults)
    {
        var struck = faults.Where(fault => !fault.IsWeakness).ToList();
        return struck.Count == 0 ? null : struck.Where(fault => fault.Strike == struck.Max(other => other.Strike)).Min(fault => fault.Injected.Start);
    }

    /// <summary>When the undoing of the last fault that was undone began; null when none was.</summary>
    public static TimeSpan? LastRevert(IReadOnlyList<FaultRecord> faults) => faults.Select(fault => fault.Reverted?.Start).Max();

    /// <summary>What a fault did, when it was there, and how it ended where that was not by the harness.</summary>
    public static string Words(FaultRecord fault)
    {
        var end = fault.Reverted is { } reverted ? DurationText.Format(reverted.End) : "the end";
        var how = fault.End switch
        {
            FaultEnd.Superseded => ", ended by the system itself",
            FaultEnd.Gone => ", taken away by somebody else",
            FaultEnd.NotReverted => ", not reverted",
            null when fault.Reverted is null => ", not reverted",
            _ => "",
        };
        return $"{fault.Description}: {DurationText.Format(fault.Injected.Start)} to {end}{how}";
    }
}
