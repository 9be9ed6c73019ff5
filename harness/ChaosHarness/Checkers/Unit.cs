namespace ChaosHarness.Checkers;

/// <summary>What a figure counts in.</summary>
/// <param name="Symbol">Its symbol, such as <c>s</c>.</param>
public readonly record struct Unit(string Symbol)
{
    /// <summary>Times.</summary>
    public static Unit Seconds { get; } = new("s");

    /// <summary>Things that are counted.</summary>
    public static Unit Count { get; } = new("count");

    /// <summary>Shares, 0 to 1.</summary>
    public static Unit Ratio { get; } = new("ratio");

    /// <summary>The symbol.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Symbol;
}
