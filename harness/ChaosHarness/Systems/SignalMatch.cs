namespace ChaosHarness.Systems;

/// <summary>Which signals of a system are meant.</summary>
/// <param name="Kind">What they mean.</param>
/// <param name="Source">Who says them; null for anybody.</param>
/// <param name="Detail">What has to occur in their words; null for anything.</param>
public sealed record SignalMatch(SignalKind Kind, string? Source = null, string? Detail = null)
{
    /// <summary>Whether a signal is meant.</summary>
    /// <param name="kind">What it means.</param>
    /// <param name="source">Who says it.</param>
    /// <param name="detail">Its words.</param>
    /// <returns>True when it is.</returns>
    public bool Matches(SignalKind kind, string source, string detail) =>
        kind == Kind && (Source is null || source == Source) && (Detail is null || detail.Contains(Detail, StringComparison.Ordinal));

    /// <summary>Such as <c>signal Promoted of db-b</c>.</summary>
    /// <returns>For people.</returns>
    public override string ToString() => $"signal {Kind}{(Source is null ? "" : $" of {Source}")}{(Detail is null ? "" : $" with '{Detail}'")}";
}
