using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Ledger.Statistics;

/// <summary>Something that is measured in every run and better when smaller.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Unit">s for seconds, empty for counts and shares.</param>
/// <param name="Resolution">Smaller differences are no difference, however large the factor: nobody notices, or it cannot be measured.</param>
/// <param name="Read">Reads it from a run; null when it was not measured.</param>
public sealed record Metric(string Name, string Unit, double Resolution, Func<LedgerRun, double?> Read)
{
    /// <summary>RTA, judged like the objective on its upper bound; infinite when the system did not recover.</summary>
    public static Metric Recovery { get; } = new("RTA", "s", 0.05, run => run.Recovery is { } bounds ? bounds.Upper?.TotalSeconds ?? double.PositiveInfinity : null);

    /// <summary>TTD, on its upper bound; not measured where nobody noticed.</summary>
    public static Metric Detection { get; } = new("TTD", "s", 0.05, run => run.TimeToDetect?.Upper?.TotalSeconds);

    /// <summary>RPA in writes.</summary>
    public static Metric Loss { get; } = new("RPA", "writes", 1, run => run.WritesLost);

    /// <summary>The share of requests that failed from the injection on.</summary>
    public static Metric Unavailability { get; } = new("unavailability", "", 0.005, run => run.Availability is { Due: > 0 } availability ? 1 - availability.Ratio : null);

    /// <summary>Whether the run failed: 1 when it did.</summary>
    public static Metric Failures { get; } = new("failures", "", 0, run => run.Outcome == Outcome.Failed ? 1 : 0);

    /// <summary>Those that a run is compared by.</summary>
    public static IReadOnlyList<Metric> All { get; } = [Recovery, Detection, Loss, Unavailability, Failures];
}
