using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Writes;

/// <summary>
/// Holds what was acknowledged against what the system held when it was read back. It reads all of a history: an acknowledgement that
/// came after observing had ended is a promise too.
/// </summary>
/// <param name="Source">A workload; null for all of the experiment.</param>
public sealed record LossChecker(string? Source = null) : IChecker<LossFinding>
{
    /// <inheritdoc/>
    public string Name => Source is null ? "writes" : $"writes of {Source}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => Source is null ? [] : [Source];

    /// <inheritdoc/>
    public LossFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        IReadOnlyList<Operations> writes = Source is null ? [.. history.Sources.Where(source => source.Settings.IsWorkload)] : [history.Of(Source)];
        var primaries = new Primaries(history.Signals);
        return LossFinding.Of([.. writes.Select(source => WriteCount.Of(source, primaries))], history.Injection?.End);
    }
}
