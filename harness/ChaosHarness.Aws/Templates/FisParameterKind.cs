namespace ChaosHarness.Aws.Templates;

/// <summary>What the value of a parameter has to be. All of them travel as text.</summary>
internal enum FisParameterKind
{
    Text,

    /// <summary>ISO 8601, a minute to twelve hours, such as <c>PT5M</c>.</summary>
    Duration,

    /// <summary>Either true or false.</summary>
    Flag,

    /// <summary>1 to 100.</summary>
    Percentage,
}
