namespace ChaosHarness.NUnit.Allure;

/// <summary>How the report sorts results that did not pass.</summary>
internal sealed record AllureCategory(string Name, IReadOnlyList<string> MatchedStatuses, string? MessageRegex = null)
{
    public static IReadOnlyList<AllureCategory> All { get; } =
    [
        new("Objective missed", ["failed"]),
        new("Halted", ["broken"], "(?s)^Halted:.*"),
        new("Harness broken", ["broken"], "(?s)^(?!Halted:).*"),
        new("Inconclusive", ["skipped"]),
    ];
}
