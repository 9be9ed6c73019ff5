using System.Collections.ObjectModel;
using System.Globalization;

namespace ChaosHarness.Experiments;

/// <summary>An experiment was put together wrongly. The message names every mistake.</summary>
public sealed class InvalidExperimentException : Exception
{
    /// <summary>Names the mistakes.</summary>
    /// <param name="mistakes">At least one.</param>
    public InvalidExperimentException(IReadOnlyList<string> mistakes)
        : base($"The experiment has {mistakes?.Count} mistake{(mistakes?.Count == 1 ? "" : "s")}:{string.Concat((mistakes ?? []).Select(mistake => "\n  - " + mistake))}") =>
        Mistakes = new Listed(mistakes ?? []);

    /// <summary>The mistakes, each with the name of the option.</summary>
    public IReadOnlyList<string> Mistakes { get; }

    // Test frameworks print the properties of exceptions: all of it stands in the message already.
    private sealed class Listed(IReadOnlyList<string> mistakes) : ReadOnlyCollection<string>([.. mistakes])
    {
        public override string ToString() => Count.ToString(CultureInfo.InvariantCulture);
    }
}
