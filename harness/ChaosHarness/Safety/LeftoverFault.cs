namespace ChaosHarness.Safety;

/// <summary>A fault that an earlier run left behind when it was killed.</summary>
/// <param name="Fault">What it did.</param>
/// <param name="Journal">The path of the fault journal that it stands in.</param>
/// <param name="Problem">Why it could not be undone; null when it was.</param>
public sealed record LeftoverFault(string Fault, string Journal, string? Problem);
