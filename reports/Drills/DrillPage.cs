using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Reports.Pages;
using ChaosHarness.Timing;

namespace ChaosHarness.Reports.Drills;

/// <summary>
/// The first page of a report: how the drill went, a line for each experiment with its recovery against what was promised, and where to read on. Like the
/// scorecard it needs nothing else, and its policy forbids scripts.
/// </summary>
internal static class DrillPage
{
    /// <summary>Writes the page.</summary>
    /// <param name="rows">The experiments.</param>
    /// <param name="histories">Their latest runs.</param>
    /// <param name="links">Where in the Allure site runs are shown.</param>
    /// <param name="files">What else there is to read: a file beside the page, and what it is called.</param>
    /// <param name="now">When it is written.</param>
    /// <param name="whyNone">Why there are no experiments, when that is known.</param>
    public static string Write(IReadOnlyList<DrillRow> rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> histories, AllureLinks links, IEnumerable<(string File, string Name)> files, DateTimeOffset now, string? whyNone = null)
    {
        var count = DrillCount.Of(rows);
        var missed = DrillRow.InReadingOrder(rows).Where(row => row.HasFailed || row.Outcome != Outcome.Passed).ToList();
        return Html.Of($"""
            <!DOCTYPE html>
            <html lang="en">
            {PageStyle.Head($"DR tests: {count}")}
            <body>
            <a class="skip" href="#main">Skip to the content</a>
            <header>
            <div><h1 class="o {(count.ExitCode == 0 ? "Passed" : "Failed")}">{(rows.Count == 0 ? "No experiment ran" : count.ToString())}</h1>
            <p>{Origin(rows, now)}</p></div>
            {PageStyle.Themes}
            </header>
            <nav aria-label="The rest of the report">{Html.Join(files.Select(file => Html.Of($"""<a href="{file.File}">{file.Name}</a> """)))}</nav>
            <main id="main">
            {Html.Join(LeftBroken.Sentences(rows).Select(sentence => Html.Of($"<p>{sentence}</p>")))}
            {(missed.Count == 0 ? Html.Empty : Html.Of($"""<section id="missed"><h2>What did not pass</h2>{Html.Join(missed.Select(row => Reason(row, rows)))}</section>"""))}
            {(rows.Count == 0 ? Html.Of($"<p>{whyNone ?? TestSummary.WhyNone(null, isExpected: false)}</p>") : Table(DrillRow.InReadingOrder(rows), rows, histories, links))}
            {Scenarios(rows)}
            </main>
            <footer><p>RTA lies between its two bounds and is judged on the upper one; the line is the RTO. Change compares it with the median of the latest runs of the same experiment on the same system.</p></footer>
            </body>
            </html>
            """).ToString();
    }

    private static string Origin(IReadOnlyList<DrillRow> rows, DateTimeOffset now)
    {
        var records = rows.Select(row => row.Record).OfType<RunRecord>().ToList();
        var origin = records.Select(record => record.Origin).FirstOrDefault();
        string?[] parts =
        [
            records.Count == 0 ? Figures.Minute(now) : $"{Figures.Minute(records.Min(record => record.StartedAt))}, {DurationText.Format(TimeSpan.FromSeconds(Math.Round((records.Max(record => record.StartedAt + record.Duration) - records.Min(record => record.StartedAt)).TotalSeconds)))}",
            origin?.Profile is { } profile ? $"profile {profile}" : null,
            records.Count == 0 ? null : string.Join(", ", records.Select(record => $"{record.System} in {record.Environment}").Distinct().Take(4)),
            origin?.Branch is { } branch ? $"branch {branch}" : null,
            origin?.Commit is { } commit ? $"commit {(commit.Length > 12 ? commit[..12] : commit)}" : null,
            origin?.Host is { } host ? $"on {host}" : null,
            origin?.StartedBy is { } person ? $"started by {person}" : null,
        ];
        return string.Join("; ", parts.OfType<string>());
    }

    private static Html Reason(DrillRow row, IReadOnlyList<DrillRow> rows) => Html.Of($"""
        <article class="reason" id="{Anchor(row, rows)}"><h3><span class="o {row.Outcome.ToString()}">{row.OutcomeText}</span> {row.Name}</h3><pre tabindex="0">{Html.Lines(row.Why)}</pre></article>
        """);

    private static Html Scenarios(IReadOnlyList<DrillRow> rows) => DrillScenario.Of(rows) is { Count: > 0 } scenarios
        ? Html.Of($"""<section id="scenarios"><h2>Scenarios</h2>{Html.Join(scenarios.Select(scenario => Html.Of($"""<p>{scenario.ToString()}</p><ul>{Html.Join(scenario.WhyLeftOut.Select(line => Html.Of($"<li>{line}</li>")))}</ul>""")))}</section>""")
        : Html.Empty;

    private static Html Table(IEnumerable<DrillRow> shown, IReadOnlyList<DrillRow> rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> histories, AllureLinks links) => Html.Of($"""
        <section id="experiments"><h2>Experiments</h2>
        <table class="stack"><thead><tr><th scope="col">Experiment</th><th scope="col">Outcome</th><th scope="col">RTA against RTO</th><th scope="col">Change</th><th scope="col">Lost</th><th scope="col">Noticed after</th><th scope="col">Served while failing</th></tr></thead>
        <tbody>{Html.Join(shown.Select(row => Row(row, rows, DrillChange.Of(row, histories), links)))}</tbody></table></section>
        """);

    private static Html Row(DrillRow row, IReadOnlyList<DrillRow> rows, DrillChange? change, AllureLinks links)
    {
        var link = row.Record is { } record ? links.Of(record.RunId) : null;
        var headlines = row.Headlines;
        return Html.Of($"""
            <tr><th scope="row">{(link is null ? Html.Of($"{row.NumberedName}") : Html.Of($"""<a href="{link}">{row.NumberedName}</a>"""))}<small class="where">{Where(row)}</small>{(row.Timeline is null ? Html.Empty : Html.Of($"""<small><a href="{TimelineOf(row)}" aria-label="Timeline of {row.Name}">timeline</a></small>"""))}</th>
            <td data-label="Outcome">{(row.Outcome == Outcome.Passed && !row.HasFailed ? Html.Of($"""<span class="o Passed">{row.OutcomeText}</span>""") : Html.Of($"""<a class="o {row.Outcome.ToString()}" href="#{Anchor(row, rows)}">{row.OutcomeText}</a>"""))}</td>
            <td data-label="RTA against RTO">{RecoveryBar.Of(headlines)}{Dash(headlines.RecoveryShortText)}{(headlines.Rto is { } rto ? $" of {DurationText.Format(rto)}" : "")}</td>
            <td data-label="Change">{(change is null ? Html.Of($"{Figures.None}") : Html.Of($"""<span class="{(change.IsWorse ? "worse" : "same")}" title="{change.ToString()}">{change.Short}</span>"""))}</td>
            <td data-label="Lost">{Dash(headlines.LossText)}</td>
            <td data-label="Noticed after">{Dash(headlines.DetectionText)}</td>
            <td data-label="Served while failing">{Dash(headlines.AvailabilityText)}</td></tr>
            """);
    }

    /// <summary>Where the picture of a row is, beside the page.</summary>
    public static string TimelineOf(DrillRow row) => $"timelines/{Uri.EscapeDataString(row.Record!.RunId)}.svg";

    private static string Where(DrillRow row) => row.Record is { } record ? $"{record.System} in {record.Environment}, {record.Topology}" : "";

    private static string Dash(string text) => text == "-" ? Figures.None : text;

    private static string Anchor(DrillRow row, IReadOnlyList<DrillRow> rows) => string.Create(CultureInfo.InvariantCulture, $"r{rows.TakeWhile(other => !ReferenceEquals(other, row)).Count()}");
}
