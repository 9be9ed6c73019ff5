using ChaosHarness.Faults;

namespace ChaosHarness.Safety;

/// <summary>One line of a fault journal: a fault that was planned, or one that was reverted.</summary>
internal sealed record FaultJournalLine(FaultJournalEvent Event, string Id, DateTimeOffset At)
{
    public string? Fault { get; init; }

    public RevertRecipe? Recipe { get; init; }
}
