namespace ChaosHarness.Benchmarks.Recovery;

/// <summary>Outages of a real server, and how they are looked at.</summary>
/// <param name="Name">What the figures are called.</param>
/// <param name="Interval">Time between requests.</param>
/// <param name="Service">How long an answer takes.</param>
/// <param name="Shortest">The shortest outage.</param>
/// <param name="Longest">The longest outage.</param>
internal sealed record OutageSettings(string Name, TimeSpan Interval, TimeSpan Service, TimeSpan Shortest, TimeSpan Longest)
{
    /// <summary>Whether requests are held while it is down; else they fail at once.</summary>
    public bool Holds { get; init; }

    /// <summary>A good answer that takes longer is slow.</summary>
    public TimeSpan? SlowThreshold { get; init; }

    /// <summary>How often it goes down in a row, at most.</summary>
    public int Most { get; init; } = 1;

    /// <summary>The most that the median of the widths may be; null when it is only reported.</summary>
    public TimeSpan? Median { get; init; }

    /// <summary>The most that the 99th percentile of the widths may be; null when it is only reported.</summary>
    public TimeSpan? Worst { get; init; }
}
