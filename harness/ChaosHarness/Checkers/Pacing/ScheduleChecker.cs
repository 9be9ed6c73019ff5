using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Pacing;

/// <summary>
/// Finds how well the harness kept its own schedule. Requests that it sent late say more of this machine than of the system under test:
/// beyond a limit the figures are unfit.
/// </summary>
public sealed record ScheduleChecker : IChecker<ScheduleFinding>
{
    /// <summary>What is late.</summary>
    /// <value>Default: 100 ms.</value>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>How many requests of a source may be late, as a share of them.</summary>
    /// <value>Default: 0.01; a single one always may.</value>
    public double MostLate { get; init; } = 0.01;

    /// <summary>How late any single request may be sent.</summary>
    /// <value>Default: 1 s.</value>
    public TimeSpan Longest { get; init; } = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => "schedule";

    /// <inheritdoc/>
    public ScheduleFinding Check(History history)
    {
        ArgumentNullException.ThrowIfNull(history);
        // What figures are made of: from the first strike to the cut; all of it while nothing has struck.
        var atCut = history.AtCut;
        var from = history.FirstStrike?.Start ?? TimeSpan.Zero;
        return new ScheduleFinding([.. atCut.Sources.Select(source => Lateness.Of(source, from, Limit))], Limit, Longest, MostLate);
    }
}
