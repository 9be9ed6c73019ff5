namespace ChaosHarness.Allure.Results;

/// <summary>How the report sorts results that did not pass: the first that matches counts.</summary>
internal sealed record AllureCategory(string Name, IReadOnlyList<string> MatchedStatuses, string? MessageRegex = null)
{
    private const string SteadyState = "(?s).*(the steady state did not|steady state comes back missed).*";

    public static IReadOnlyList<AllureCategory> All { get; } =
    [
        new("Steady state not met", ["failed", "skipped"], SteadyState),
        new("Objective missed", ["failed"], "(?s).*missed.*"),
        new("Assertion failed", ["failed"]),
        new("Halted", ["broken"], "(?s)^Halted:.*"),
        new("Written wrongly", ["broken"], "(?s)^Invalid:.*"),
        new("Inconclusive, which fails this profile", ["broken"], "(?s)^Inconclusive:.*"),
        new("Harness broken", ["broken"], "(?s)^(?!Halted:|Invalid:|Inconclusive:).*"),
        new("Inconclusive", ["skipped"]),
    ];
}
