using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Checkers.Answers;

/// <summary>Counts how many of the requests that were due were answered well while a disaster went on.</summary>
/// <param name="Source">A probe or workload; null for the judged signal.</param>
public sealed record Availability(string? Source = null) : IChecker<AvailabilityFinding>
{
    /// <summary>Counted are requests due in it.</summary>
    /// <value>Default: null, from the first strike to the end of observing.</value>
    public TimeWindow? Window { get; init; }

    /// <inheritdoc/>
    public string Name => Source is null ? "availability" : $"availability of {Source}";

    /// <inheritdoc/>
    public IReadOnlyList<string> Needs => Source is null ? [] : [Source];

    /// <inheritdoc/>
    public AvailabilityFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        var operations = history.AtCut.Judged(Source);
        var window = Window ?? history.Disaster;
        return new AvailabilityFinding(operations.Source, window is { } due ? operations.ShareOf(due) : default);
    }
}
