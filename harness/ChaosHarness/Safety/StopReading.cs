namespace ChaosHarness.Safety;

/// <summary>What a stop condition saw at one look, and how far that is from halting the run.</summary>
/// <param name="Why">The reason to halt; null to go on.</param>
/// <param name="Value">What it measured; null when that is no number, or is not known yet.</param>
/// <param name="Limit">What the value must not reach or exceed, as the condition says; null when it has none.</param>
public sealed record StopReading(string? Why = null, double? Value = null, double? Limit = null)
{
    /// <summary>How much of the way to halting is used up: 0 is none of it, 1 is all; null when that cannot be said.</summary>
    public double? Used => Why is not null ? 1
        : Value is not { } value || Limit is not { } limit || double.IsNaN(value) ? null
        : limit > 0 ? Math.Clamp(value / limit, 0, 1)
        : value > limit ? 1 : 0;
}
