using System.Text.Json.Serialization;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>What the system is held to, in short. Each may be absent: then it is measured and not judged.</summary>
public sealed record Objectives
{
    /// <summary>No objective.</summary>
    public static Objectives None { get; } = new();

    /// <summary>Recovery time objective: the longest that recovery may take.</summary>
    public TimeSpan? Rto { get; init; }

    /// <summary>Recovery point objective: what may be lost.</summary>
    public RecoveryPointObjective? Rpo { get; init; }

    /// <summary>The least availability from the injection to the end of observing, 0 to 1.</summary>
    public double? Availability { get; init; }

    /// <summary>The longest that a percentile of the latency may be from the injection to the end of observing.</summary>
    public LatencyObjective? Latency { get; init; }

    /// <summary>The longest that the system may take to notice.</summary>
    public TimeSpan? Ttd { get; init; }

    /// <summary>The same as expectations: they read and count like those that an experiment or an assertion spells out.</summary>
    [JsonIgnore]
    public IReadOnlyList<Expectation> Expectations =>
    [
        .. new[]
        {
            Rto is { } rto ? Recovered.Within(rto) : null,
            Rpo is { } rpo ? Lost.AtMost(rpo) : null,
            Availability is { } availability ? Available.AtLeast(availability) : null,
            Latency is { } latency ? Answered.Within(latency) : null,
            Ttd is { } ttd ? Detected.Within(ttd) : null,
        }.OfType<Expectation>(),
    ];

    /// <summary>Reads objectives from text, as attributes and configuration hold them.</summary>
    /// <param name="rto">Such as <c>30s</c>; null for none.</param>
    /// <param name="rpo">Such as <c>0 writes</c>, <c>2s</c> or <c>500 writes, 2s</c>; null for none.</param>
    /// <param name="availability">Such as <c>99.5%</c>; null for none.</param>
    /// <param name="latency">Such as <c>p99 500ms</c>; null for none.</param>
    /// <param name="ttd">Such as <c>90s</c>; null for none.</param>
    /// <returns>The objectives.</returns>
    /// <exception cref="FormatException">One cannot be read; the message says which and how it is written.</exception>
    public static Objectives Parse(string? rto, string? rpo, string? availability, string? latency = null, string? ttd = null) => new()
    {
        Rto = Duration(nameof(Rto), rto),
        Rpo = rpo is null ? null : RecoveryPointObjective.Parse(rpo),
        Availability = availability is null ? null : (double)Percentage.Parse(availability).Ratio,
        Latency = latency is null ? null : LatencyObjective.Parse(latency),
        Ttd = Duration(nameof(Ttd), ttd),
    };

    // The others say by their form which they are.
    private static TimeSpan? Duration(string name, string? text)
    {
        try
        {
            return text is null ? null : DurationText.Parse(text);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"{name}: {exception.Message}", exception);
        }
    }
}
