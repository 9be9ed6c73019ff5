using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Probes;

/// <summary>Samples one signal open loop: sample k is due at <c>start + k * Interval</c> and taken then, however slow the others are.</summary>
/// <param name="Name">What the signal is called in records; unique within an experiment.</param>
public abstract record Probe(string Name)
{
    /// <summary>Time between samples.</summary>
    /// <value>Default: 100 ms. At least 100 us.</value>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>A sample not answered this long after it was sent is an error.</summary>
    /// <value>Default: 1 s. At most 5 minutes.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A good sample that took longer than this from its due time counts as slow, which is bad.</summary>
    /// <value>Default: null, no sample is too slow.</value>
    public TimeSpan? SlowThreshold { get; init; }

    /// <summary>What it sees, where it sees no more than that somebody accepts connections: a fault of a link that it cannot see refuses it.</summary>
    /// <value>Null when it sees more.</value>
    public virtual ProbeSight? Sight => null;

    /// <summary>The same probe with another interval.</summary>
    /// <param name="interval">Such as <c>5ms</c>.</param>
    /// <returns>The new probe.</returns>
    public Probe Every(string interval) =>
        DurationText.TryParse(interval, out var duration) ? this with { Interval = duration } : WithMistake("Interval", interval);

    /// <summary>The same probe with another time-out.</summary>
    /// <param name="timeout">Such as <c>1s</c>.</param>
    /// <returns>The new probe.</returns>
    public Probe TimeoutAfter(string timeout) =>
        DurationText.TryParse(timeout, out var duration) ? this with { Timeout = duration } : WithMistake("Timeout", timeout);

    /// <summary>The same probe with a slow threshold.</summary>
    /// <param name="threshold">Such as <c>250ms</c>.</param>
    /// <returns>The new probe.</returns>
    public Probe SlowAfter(string threshold) =>
        DurationText.TryParse(threshold, out var duration) ? this with { SlowThreshold = duration } : WithMistake("SlowThreshold", threshold);

    /// <summary>Looks once. A thrown exception is an error sample.</summary>
    /// <param name="cancellationToken">Ends at the time-out.</param>
    /// <returns>What was seen.</returns>
    public abstract ValueTask<ProbeSample> SampleAsync(CancellationToken cancellationToken);

    /// <summary>Where it asks, without secrets; null when it does not say.</summary>
    internal virtual string? Address => null;

    internal IReadOnlyList<string> TextMistakes { get; init; } = [];

    internal virtual IEnumerable<string> Mistakes()
    {
        foreach (var mistake in TextMistakes)
        {
            yield return mistake;
        }

        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return "Probe: a probe has no name.";
        }

        if (Interval < TimeSpan.FromMicroseconds(100))
        {
            yield return $"Probe '{Name}': Interval must be at least 100us, not {DurationText.Format(Interval)}.";
        }

        if (Timeout <= TimeSpan.Zero || Timeout > SourceSettings.LongestTimeout)
        {
            yield return $"Probe '{Name}': Timeout must be positive and at most {DurationText.Format(SourceSettings.LongestTimeout)}.";
        }

        if (SlowThreshold <= TimeSpan.Zero)
        {
            yield return $"Probe '{Name}': SlowThreshold must be positive.";
        }
    }

    private Probe WithMistake(string option, string text) =>
        this with { TextMistakes = [.. TextMistakes, DurationText.Mistake($"Probe '{Name}': {option}", text)] };
}
