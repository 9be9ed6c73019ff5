namespace ChaosHarness.Safety;

/// <summary>One line of a fault journal: a fault that was planned, or one that was reverted.</summary>
internal sealed record FaultJournalLine(FaultJournalEvent Event, string Id, DateTimeOffset At)
{
    public string? Fault { get; init; }

    /// <summary>The components that it hits; null when nobody noted them.</summary>
    public IReadOnlyList<string>? Targets { get; init; }

    /// <summary>The key of the system that it hits; null when nobody noted it.</summary>
    public string? System { get; init; }

    public RevertRecipe? Recipe { get; init; }
}
