namespace ChaosHarness.Ledger.FollowUps;

/// <summary>A finding that is to be opened.</summary>
/// <param name="RunId">The run that showed it, which is in the ledger.</param>
/// <param name="Text">What has to be mended.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Owner">Who sees to it.</param>
/// <param name="Due">The last day on which it is in time, UTC.</param>
/// <param name="OpenedBy">Who opens it.</param>
public sealed record NewFollowUp(string RunId, string Text, FollowUpSeverity Severity, string Owner, DateOnly Due, string OpenedBy)
{
    /// <summary>The id of the experiment that proves it mended when it passes.</summary>
    /// <value>Default: null, the one that showed it.</value>
    public string? ProvedBy { get; init; }

    /// <summary>Whether such a run closes it by itself.</summary>
    /// <value>Default: true.</value>
    public bool ClosesItself { get; init; } = true;
}
