namespace ChaosHarness.GameDay.Termination;

/// <summary>A line of the log of terminations.</summary>
/// <param name="At">When it was written.</param>
/// <param name="Day">The working day of the termination.</param>
/// <param name="Group">The group.</param>
/// <param name="Event">What became of it.</param>
internal sealed record TerminationEntry(DateTimeOffset At, DateOnly Day, string Group, TerminationEvent Event)
{
    /// <summary>The instance, where one was chosen.</summary>
    public string? Instance { get; init; }

    /// <summary>Why, where nothing was terminated.</summary>
    public string? Why { get; init; }

    /// <summary>The id of the run, where there was one.</summary>
    public string? Run { get; init; }
}
