using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Restores;

/// <summary>
/// Holds what was acknowledged against what restored copies hold: everything acknowledged before the moment to which a copy was restored is to be there,
/// and nothing that was sent after it. What was under way at that moment may be there or not.
/// </summary>
/// <param name="Restore">Which restore; null for all of the experiment.</param>
public sealed record RestoreChecker(string? Restore = null) : IChecker<RestoreFinding>
{
    /// <inheritdoc/>
    public string Name => Restore is null ? "restores" : $"restore: {Restore}";

    /// <inheritdoc/>
    public RestoreFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        return new RestoreFinding([.. history.Restores.Where(copy => Restore is null || copy.Name == Restore).Select(copy => RestoreOutcome.Of(copy, history))]);
    }
}
