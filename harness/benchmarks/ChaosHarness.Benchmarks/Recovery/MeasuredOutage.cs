using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Recovery;

/// <summary>An outage of a real server, and what was measured of it.</summary>
/// <param name="Down">While the server was being switched off.</param>
/// <param name="Up">While it was being switched on for the last time that a request could tell.</param>
/// <param name="Finding">What was measured.</param>
internal sealed record MeasuredOutage(TimeWindow Down, TimeWindow Up, RecoveryFinding Finding)
{
    /// <summary>Whether a request was bad that was sent when the server was up for good: this machine stood still, and no outage.</summary>
    public bool IsDisturbed => Finding.LastBad > Up.End;

    /// <summary>Whether the truth is inside, to within the time that switching took.</summary>
    public bool IsInside => Finding switch
    {
        { Interrupted: true, LastBad: { } lastBad, ServedFrom: { } servedFrom } => lastBad <= Up.End && servedFrom >= Up.Start,
        { LongestUnseen: { } longest } => longest >= Up.Start - Down.End,
        _ => false,
    };
}
