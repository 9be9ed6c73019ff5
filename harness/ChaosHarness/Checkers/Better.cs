namespace ChaosHarness.Checkers;

/// <summary>Which way a figure gets better.</summary>
public enum Better
{
    /// <summary>Less is better, as with times and losses.</summary>
    Lower,

    /// <summary>More is better, as with availability.</summary>
    Higher,

    /// <summary>Neither: it describes.</summary>
    Neither,
}
