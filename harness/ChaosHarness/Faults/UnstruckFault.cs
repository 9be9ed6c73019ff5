using System.Globalization;

namespace ChaosHarness.Faults;

/// <summary>A fault that was planned and did not strike, or not as often as it was to.</summary>
/// <param name="Description">What was to strike; where one of several was to, all of them.</param>
/// <param name="Targets">The components that it would have hit.</param>
/// <param name="Why">What kept it from it.</param>
public sealed record UnstruckFault(string Description, IReadOnlyList<string> Targets, string Why)
{
    /// <summary>How often it struck all the same.</summary>
    public int Struck { get; init; }

    /// <summary>How often it was to strike.</summary>
    public int Times { get => field == 0 ? 1 : field; init; }

    /// <summary>Whether it was to be a weakness that the disaster strikes on top of.</summary>
    public bool IsWeakness { get; init; }

    /// <summary>Such as <c>'crash db-a' struck 2 of 5 times: the run was halted</c>.</summary>
    /// <returns>For people.</returns>
    public override string ToString() => $"'{Description}' {(Struck == 0 ? "never struck" : string.Create(CultureInfo.InvariantCulture, $"struck {Struck} of {Times} times"))}: {Why}";
}
