using System.Runtime.CompilerServices;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Workloads;

/// <summary>Open-loop traffic of writes: write k is sent at <c>start + k / PerSecond</c>, and every acknowledgement is recorded.</summary>
/// <param name="Name">What the traffic is called in records; unique within an experiment.</param>
/// <param name="PerSecond">Writes a second, more than 0.</param>
/// <param name="Send">Sends one write, with the id it is given, and says whether it was acknowledged. A thrown exception is a write that was not.</param>
public sealed record Workload(string Name, double PerSecond, Func<WriteAttempt, CancellationToken, ValueTask<WriteOutcome>> Send)
{
    /// <summary>Open-loop traffic of writes whose sender returns a task.</summary>
    /// <param name="name">What the traffic is called in records; unique within an experiment.</param>
    /// <param name="perSecond">Writes a second, more than 0.</param>
    /// <param name="send">Sends one write, with the id it is given, and says whether it was acknowledged.</param>
    [OverloadResolutionPriority(-1)]
    public Workload(string name, double perSecond, Func<WriteAttempt, CancellationToken, Task<WriteOutcome>> send)
        : this(name, perSecond, (attempt, token) => new ValueTask<WriteOutcome>(send(attempt, token)))
    {
    }

    /// <summary>A write not answered this long after it was sent is an error.</summary>
    /// <value>Default: 5 s. At most 5 minutes.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>An acknowledged write that took longer than this from its due time counts as slow, which is bad.</summary>
    /// <value>Default: null, no write is too slow.</value>
    public TimeSpan? SlowThreshold { get; init; }

    /// <summary>
    /// Reads the ids of all writes that the system holds, those of other runs too if that is easier; an id as often as it is held.
    /// Asked once, after the fault is reverted.
    /// </summary>
    /// <value>Default: null, and no lost write can be found.</value>
    public Func<CancellationToken, IAsyncEnumerable<StoredId>>? Stored { get; init; }

    /// <summary>How long reading back may take, attempts that failed included. A system that cannot be asked by then has not come back.</summary>
    /// <value>Default: 60 s.</value>
    public TimeSpan ReadBackWithin { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The same workload with a time-out.</summary>
    /// <param name="timeout">Such as <c>5s</c>.</param>
    /// <returns>The new workload.</returns>
    public Workload TimeoutAfter(string timeout) =>
        DurationText.TryParse(timeout, out var duration) ? this with { Timeout = duration } : WithMistake("Timeout", timeout);

    /// <summary>The same workload with a slow threshold.</summary>
    /// <param name="threshold">Such as <c>500ms</c>.</param>
    /// <returns>The new workload.</returns>
    public Workload SlowAfter(string threshold) =>
        DurationText.TryParse(threshold, out var duration) ? this with { SlowThreshold = duration } : WithMistake("SlowThreshold", threshold);

    /// <summary>The same workload with a way to read back what the system holds.</summary>
    /// <param name="stored">See <see cref="Stored"/>.</param>
    /// <returns>The new workload.</returns>
    public Workload ReadBack(Func<CancellationToken, IAsyncEnumerable<StoredId>> stored) => this with { Stored = stored };

    /// <summary>The same workload with a way to read back what the system holds, by whole numbers.</summary>
    /// <param name="stored">See <see cref="Stored"/>.</param>
    /// <returns>The new workload.</returns>
    public Workload ReadBack(Func<CancellationToken, IAsyncEnumerable<long>> stored) => this with { Stored = token => stored(token).Select(static id => (StoredId)id) };

    /// <summary>Where writes go, without secrets; null when it does not say.</summary>
    internal string? Address { get; init; }

    internal IReadOnlyList<string> TextMistakes { get; init; } = [];

    internal IEnumerable<string> Mistakes()
    {
        foreach (var mistake in TextMistakes)
        {
            yield return mistake;
        }

        if (string.IsNullOrWhiteSpace(Name))
        {
            yield return "Workload: the workload has no name.";
        }

        if (PerSecond is not (> 0 and <= 10_000))
        {
            yield return $"Workload '{Name}': PerSecond must be more than 0 and at most 10000, not {PerSecond}.";
        }

        if (Timeout <= TimeSpan.Zero || Timeout > SourceSettings.LongestTimeout)
        {
            yield return $"Workload '{Name}': Timeout must be positive and at most {DurationText.Format(SourceSettings.LongestTimeout)}.";
        }

        if (ReadBackWithin <= TimeSpan.Zero)
        {
            yield return $"Workload '{Name}': ReadBackWithin must be positive.";
        }

        if (SlowThreshold <= TimeSpan.Zero)
        {
            yield return $"Workload '{Name}': SlowThreshold must be positive.";
        }
    }

    private Workload WithMistake(string option, string text) =>
        this with { TextMistakes = [.. TextMistakes, DurationText.Mistake($"Workload '{Name}': {option}", text)] };
}
