namespace ChaosHarness.Experiments;

/// <summary>An experiment was put together wrongly. The message names every mistake.</summary>
public sealed class InvalidExperimentException : Exception
{
    /// <summary>Names the mistakes.</summary>
    /// <param name="mistakes">At least one.</param>
    public InvalidExperimentException(IReadOnlyList<string> mistakes)
        : base($"The experiment has {mistakes?.Count} mistake{(mistakes?.Count == 1 ? "" : "s")}:{string.Concat((mistakes ?? []).Select(mistake => "\n  - " + mistake))}") =>
        Mistakes = mistakes ?? [];

    /// <summary>The mistakes, each with the name of the option.</summary>
    public IReadOnlyList<string> Mistakes { get; }
}
