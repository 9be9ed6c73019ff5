using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Detections;

/// <summary>Who noticed a fault, and how long that took; and when the same source said that all was well again.</summary>
/// <param name="Source">The source of the signal, such as a load balancer's health check.</param>
/// <param name="Detail">What it said.</param>
/// <param name="TimeToDetect">From the strike of the faults that were there to the signal.</param>
/// <param name="TimeToReinstate">
/// From the start of their way back to the source's all-clear that held, zero when that came before. No upper bound when it did not come;
/// null when nothing was undone and it did not come either.
/// </param>
public sealed record Detection(string Source, string Detail, Bounds TimeToDetect, Bounds? TimeToReinstate)
{
    /// <summary>When the signal was received, since the start of the run.</summary>
    public TimeSpan At { get; init; }

    /// <summary>When the source was last seen otherwise, since the start of the run.</summary>
    public TimeSpan NotBefore { get; init; }
}
