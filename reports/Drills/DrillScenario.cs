using System.Globalization;
using ChaosHarness.Experiments;

namespace ChaosHarness.Reports.Drills;

/// <summary>A scenario of a drill.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Test">What its test is called.</param>
/// <param name="Ran">How many of its steps were run.</param>
/// <param name="Steps">How many it has.</param>
/// <param name="LeftOut">Those that were not run.</param>
internal sealed record DrillScenario(string Name, string Test, int Ran, int Steps, IReadOnlyList<LeftOutStep> LeftOut)
{
    /// <summary>What the steps of one run of a scenario have in common; null for what is no step.</summary>
    public static object? KeyOf(DrillRow row) => row.Record?.Step is { } step ? (row.Test, step.Scenario, step.ScenarioRun) : null;

    /// <summary>Those of a drill, in the order in which they began.</summary>
    public static IReadOnlyList<DrillScenario> Of(IEnumerable<DrillRow> rows) =>
    [
        .. rows.Where(row => KeyOf(row) is not null)
            .GroupBy(row => KeyOf(row)!)
            .Select(steps => (First: steps.First(), Step: steps.First().Record!.Step!, Ran: steps.Count()))
            .Select(found => new DrillScenario(found.Step.Scenario, found.First.Test, found.Ran, found.Step.Of, found.Step.LeftOut)),
    ];

    /// <summary>Such as <c>Scenario 'the busiest day': 2 of 3 steps were run</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"Scenario '{Name}': {Ran} of {Steps} steps were run");

    /// <summary>A line for each step that was not run, with why.</summary>
    public IEnumerable<string> WhyLeftOut => LeftOut.OrderBy(step => step.Number).Select(step => string.Create(CultureInfo.InvariantCulture, $"left out: '{step.Step}' ({step.Number} of {Steps}), as {Because(step.Why)}"));

    // A condition that held for nothing reads as a condition.
    private static string Because(string why) => why.StartsWith("only if ", StringComparison.Ordinal) ? $"it is run {why}" : why;
}
