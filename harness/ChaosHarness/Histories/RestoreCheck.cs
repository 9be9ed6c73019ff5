using ChaosHarness.Timing;

namespace ChaosHarness.Histories;

/// <summary>One thing that was looked at in a restored copy.</summary>
/// <param name="Name">What was looked at, such as <c>checksums of pages</c>.</param>
/// <param name="Passed">Whether it is as it has to be.</param>
/// <param name="Detail">What was seen, in a few words.</param>
/// <param name="When">When it was looked at.</param>
public sealed record RestoreCheck(string Name, bool Passed, string Detail, TimeWindow When);
