using System.Text.Json.Serialization;

namespace ChaosHarness.Checkers;

/// <summary>
/// One number of a finding: what the ledger keeps and the reports draw, whichever checker it comes from.
/// What was looked for and not found has no upper bound; what nobody looked for is no figure.
/// </summary>
/// <param name="Name">What it is, such as <c>recovery time</c>; the same from run to run.</param>
/// <param name="Subject">What it is of, such as a signal; empty where there is one only.</param>
/// <param name="Unit">What it counts in.</param>
/// <param name="Lower">The least that it can be; null when even that is unknown.</param>
/// <param name="Upper">The most that it can be, equal to the lower bound when exact; null when unbounded.</param>
/// <param name="Better">Which way it gets better.</param>
public sealed record Figure(string Name, string Subject, Unit Unit, double? Lower, double? Upper, Better Better = Better.Lower)
{
    /// <summary>Whether it has any bound: without, it was looked for and too little was seen.</summary>
    [JsonIgnore]
    public bool IsKnown => Lower is not null || IsBounded;

    internal bool IsBounded => Upper is { } upper && double.IsFinite(upper);

    /// <summary>A figure that is known exactly.</summary>
    /// <param name="name">See <see cref="Name"/>.</param>
    /// <param name="subject">See <see cref="Subject"/>.</param>
    /// <param name="unit">See <see cref="Unit"/>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="better">See <see cref="Better"/>.</param>
    /// <returns>The figure.</returns>
    public static Figure Exact(string name, string subject, Unit unit, double value, Better better = Better.Lower) => new(name, subject, unit, value, value, better);
}
