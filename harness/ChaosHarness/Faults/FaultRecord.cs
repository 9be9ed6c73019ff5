using ChaosHarness.Timing;

namespace ChaosHarness.Faults;

/// <summary>One fault of a run. Times are since the start of the run.</summary>
/// <param name="Description">What it did.</param>
/// <param name="Targets">The components that it hit.</param>
/// <param name="RevertKind">The kind of its revert recipe.</param>
/// <param name="Injected">From the beginning of its injection to its having taken effect.</param>
/// <param name="Reverted">From the beginning of its revert to its being undone; null when it could not be undone.</param>
public sealed record FaultRecord(string Description, IReadOnlyList<string> Targets, string RevertKind, TimeWindow Injected, TimeWindow? Reverted);
