namespace ChaosHarness.Experiments;

/// <summary>A fault as it was planned: a weakness, one that is to strike, or a candidate for one.</summary>
/// <param name="Description">What it does.</param>
/// <param name="Targets">The components that it hits.</param>
/// <param name="AtMost">The longest that it may stay.</param>
public sealed record PlannedFault(string Description, IReadOnlyList<string> Targets, TimeSpan AtMost)
{
    /// <summary>Whether it is a weakness that the disaster is to strike on top of.</summary>
    public bool IsWeakness { get; init; }

    /// <summary>What a person does to undo it; null where that was not asked for, or could not be said before it struck.</summary>
    public string? Undo { get; init; }
}
