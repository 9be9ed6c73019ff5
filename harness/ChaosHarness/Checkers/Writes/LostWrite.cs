using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Writes;

/// <summary>A write that was acknowledged and is missing.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Acknowledged">When it was acknowledged, since the start of the run.</param>
/// <param name="By">Who acknowledged it; null when nobody said.</param>
public sealed record LostWrite(StoredId Id, TimeSpan Acknowledged, string? By);
