namespace ChaosHarness.Experiments;

/// <summary>What people who take part in a drill know before it begins. It is shown while they decide whether to go, and kept with the record.</summary>
public sealed record DrillScript
{
    /// <summary>What is going to happen, as a story.</summary>
    public string? Scenario { get; init; }

    /// <summary>What is expected of the system and of the people.</summary>
    public string? Expected { get; init; }

    /// <summary>When a person has to halt it, beside the stop conditions.</summary>
    public string? AbortWhen { get; init; }

    /// <summary>Who takes part.</summary>
    /// <value>Default: nobody is named.</value>
    public IReadOnlyList<Participant> Participants { get => field ?? []; init; }

    /// <summary>What people do, in this order.</summary>
    /// <value>Default: nothing.</value>
    public IReadOnlyList<string> Steps { get => field ?? []; init; }
}
