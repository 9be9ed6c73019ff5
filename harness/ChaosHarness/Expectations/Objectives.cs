using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>What the system is held to. Each may be absent: then it is measured and not judged.</summary>
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

    /// <summary>Reads objectives from text, as attributes and configuration hold them.</summary>
    /// <param name="rto">Such as <c>30s</c>; null for none.</param>
    /// <param name="rpo">Such as <c>0 writes</c>, <c>2s</c> or <c>500 writes, 2s</c>; null for none.</param>
    /// <param name="availability">Such as <c>99.5%</c>; null for none.</param>
    /// <returns>The objectives.</returns>
    /// <exception cref="FormatException">One cannot be read; the message says which and how it is written.</exception>
    public static Objectives Parse(string? rto, string? rpo, string? availability) => new()
    {
        Rto = rto is null ? null : DurationText.Parse(rto),
        Rpo = rpo is null ? null : RecoveryPointObjective.Parse(rpo),
        Availability = availability is null ? null : ParsePercentage(availability),
    };

    private static double ParsePercentage(string text) =>
        text.TrimEnd() is [.. var number, '%']
        && double.TryParse(number, System.Globalization.CultureInfo.InvariantCulture, out var percent)
        && percent is >= 0 and <= 100
            ? percent / 100
            : throw new FormatException($"'{text}' is not an availability. Write a percentage from 0% to 100%, such as 99.5%.");
}
