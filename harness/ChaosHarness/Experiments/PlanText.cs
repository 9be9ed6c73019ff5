using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>The canonical text of a plan: no two plans have the same. Whoever changes a line of it makes all hashes of earlier plans look wrong.</summary>
internal static class PlanText
{
    public static string HashOf(PlanRecord plan) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Of(plan))));

    public static string Of(PlanRecord plan)
    {
        var text = new StringBuilder();
        foreach (var (name, value) in Lines(plan).Where(line => line.Value is not null))
        {
            text.Append(name).Append(": ").Append(OnOneLine(value!)).Append('\n');
        }

        return text.ToString();
    }

    private static IEnumerable<(string Name, string? Value)> Lines(PlanRecord plan) =>
    [
        ("experiment", plan.ExperimentId),
        ("hypothesis", plan.Hypothesis),
        ("system", plan.System),
        ("version of the system", plan.SystemVersion),
        .. plan.Parameters.OrderBy(parameter => parameter.Key, StringComparer.Ordinal).Select(parameter => ("parameter", (string?)$"{OnOneLine(parameter.Key).Replace("=", "\\=", StringComparison.Ordinal)} = {parameter.Value}")),
        ("schedule", plan.Schedule),
        .. plan.Faults.SelectMany(Lines),
        .. All("steady state", plan.SteadyState),
        ("steady for", Time(plan.SteadyFor)),
        .. All("observed", plan.Observed),
        .. All("expected", plan.Expected),
        .. All("halted when", plan.StopConditions),
        .. All("allowed environment", plan.AllowedEnvironments),
        ("most targets", plan.MaximumTargets.ToString(CultureInfo.InvariantCulture)),
        ("largest share of targets", plan.MaximumTargetShare.ToString("R", CultureInfo.InvariantCulture)),
        ("settle", Time(plan.Settle)),
        ("deadline", Time(plan.Deadline)),
        ("observe at least", Time(plan.ObserveAtLeast)),
        ("verify within", Time(plan.VerifyWithin)),
        .. plan.Script is { } script ? Lines(script) : [],
    ];

    private static IEnumerable<(string Name, string? Value)> Lines(PlannedFault fault) =>
    [
        (fault.IsWeakness ? "weakness" : "fault", fault.Description),
        .. All("  target", fault.Targets),
        ("  at most", Time(fault.AtMost)),
        ("  undone by hand", fault.Undo),
    ];

    private static IEnumerable<(string Name, string? Value)> Lines(DrillScript script) =>
    [
        ("scenario", script.Scenario),
        ("expected by people", script.Expected),
        ("aborted when", script.AbortWhen),
        .. script.Participants.SelectMany(one => new[] { ("participant", (string?)one.Role), ("  name", one.Name) }),
        .. All("step", script.Steps),
    ];

    private static IEnumerable<(string Name, string? Value)> All(string name, IEnumerable<string> values) => values.Select(value => (name, (string?)value));

    // To the tick: a rounded one would be that of two plans.
    private static string Time(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{DurationText.Format(time)} ({time.Ticks})");

    // What somebody wrote must not make a line of its own.
    private static string OnOneLine(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
