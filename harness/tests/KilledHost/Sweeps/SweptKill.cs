namespace ChaosHarness.KilledHosts.Sweeps;

/// <summary>What one kill came to.</summary>
/// <param name="Phase">The step that the run had reached, of which its record tells; empty when it had not begun.</param>
/// <param name="Outcome">What the record says.</param>
/// <param name="Broken">How many faults had taken effect.</param>
/// <param name="Problems">What is not as it has to be.</param>
public sealed record SweptKill(string Phase, string Outcome, int Broken, IReadOnlyList<string> Problems);
