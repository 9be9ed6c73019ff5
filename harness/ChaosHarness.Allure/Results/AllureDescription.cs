using System.Net;
using System.Text;
using ChaosHarness.Allure.Charts;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.SteadyState;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Results;

/// <summary>
/// What a reader of the report wants first: what was believed, whether what was promised was kept, and the picture of the run; after that, how to try again.
/// </summary>
internal static class AllureDescription
{
    /// <summary>Writes the description of a test.</summary>
    /// <param name="test">The test.</param>
    /// <param name="told">What its author says of it; null when nothing.</param>
    /// <returns>HTML; null when there is nothing to say.</returns>
    public static string? Of(TestRecord test, string? told)
    {
        var html = new StringBuilder();
        foreach (var paragraph in (told ?? "").Split("\n\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            html.Append($"<p>{Encode(paragraph)}</p>");
        }

        foreach (var run in test.Runs)
        {
            html.Append($"<p>{Encode(run.Hypothesis)}</p>").Append(Verdicts(run)).Append(Picture(run)).Append(Findings(run)).Append(Steady(run));
        }

        if (html.Length > 0 && test.Outcome is not Outcome.Passed)
        {
            html.Append($"<p>To run it again: <code>{Encode(Command(test))}</code></p>");
        }

        return html.Length == 0 ? null : html.ToString();
    }

    private static string Verdicts(RunRecord run) => run.Verdicts.Count == 0 ? ""
        : $"<table><thead><tr><th>Objective</th><th>Measured</th><th>Kept</th></tr></thead><tbody>{string.Concat(run.Verdicts.Select(Row))}</tbody></table>";

    private static string Row(Verdict verdict) =>
        $"<tr><td>{Encode(verdict.Objective)}</td><td>{Encode(AllureFindings.Words(verdict))}{(verdict is { Met: false, Seen.Count: > 0 } ? $"<br>seen: {Encode(string.Join("; ", verdict.Seen))}" : "")}</td><td>{(verdict.Met ? "yes" : "<strong>no</strong>")}</td></tr>";

    private static string Findings(RunRecord run) => run.Findings.Count == 0 ? ""
        : $"<table><thead><tr><th>Found</th><th></th></tr></thead><tbody>{string.Concat(run.Findings.Select(finding => $"<tr><td>{Encode(finding.Name)}</td><td>{Encode(finding.Text)}</td></tr>"))}</tbody></table>";

    // As a picture inside of the text: an attachment is a click away, and its file has a name that is not known before it is written.
    private static string Picture(RunRecord run) => run.Observations.Count == 0 ? ""
        : $"<p><img alt=\"{Encode("Timeline. " + TimelineChart.InWords(run))}\" style=\"max-width:100%\" src=\"data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(TimelineChart.Draw(run)))}\"></p>";

    private static string Steady(RunRecord run) => Steady("before the injection", run.SteadyStateBefore) + Steady("after the revert", run.SteadyStateAfter);

    private static string Steady(string when, SteadyStateReport? report) => report is null ? ""
        : $"<p>Steady state {when}, judged on {DurationText.Format(report.Window.Length)}: {Encode(string.Join("; ", report.Readings.Select(reading => $"{reading.Condition}: {reading.Actual}")))}</p>";

    private static string Command(TestRecord test)
    {
        var seed = test is { Framework: "NUnit", Options.Origin.Seed: { } chosen } ? Drawing.Text($" -- 'TestRunParameters.Parameter(name=\"Chaos.Seed\", value=\"{chosen}\")'") : "";
        // Where profiles are, by the layout that every command of ours makes.
        var settings = test.Options.Origin.Profile is { } profile ? $" --settings runsettings/{profile}.runsettings" : "";
        return $"dotnet test{settings} --filter FullyQualifiedName~{test.Fixture.FullName}.{test.Method.Name}{seed}";
    }

    private static string Encode(string text) => WebUtility.HtmlEncode(Drawing.Printable(text));
}
