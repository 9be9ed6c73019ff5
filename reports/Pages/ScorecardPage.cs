using ChaosHarness.Ledger.Scorecards;
using static ChaosHarness.Reports.Pages.Figures;

namespace ChaosHarness.Reports.Pages;

/// <summary>
/// The scorecard as one page that needs nothing else: no script, no font, no request. Its policy forbids scripts, so that no name or message of a
/// system can run in the browser of whoever reads it.
/// </summary>
internal static class ScorecardPage
{
    public static string Write(Scorecard scorecard, AllureLinks links) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        {PageStyle.Head(scorecard.Title)}
        <body>
        <a class="skip" href="#main">Skip to the content</a>
        <header>
        <div><h1>{scorecard.Title}</h1>
        <p>{Minute(scorecard.GeneratedAt)}, from {LedgerName.Of(scorecard.Ledger)}{Origin(scorecard)}</p></div>
        {PageStyle.Themes}
        </header>
        <nav aria-label="Parts of this page"><a href="#attention">Attention</a> {Findings(scorecard)}<a href="#metrics">Metrics</a> <a href="#maturity">Maturity</a> {Link(scorecard)}{ComparisonSection.Link(scorecard.Compared)}<a href="#experiments">Experiments</a> <a href="index.html">Last drill</a> <a href="scorecard.json">JSON</a></nav>
        <main id="main">
        {Headline(scorecard)}
        {Warnings(scorecard)}
        {Attention(scorecard)}
        {FindingSection.Write(scorecard)}
        {Metrics(scorecard)}
        {MaturitySection.Write(scorecard.Maturity)}
        {MoneySection.Write(scorecard.Money)}
        {ComparisonSection.Write(scorecard.Compared)}
        {ExperimentSection.Write(scorecard, links)}
        </main>
        <footer><p>RTA is judged on its upper bound. Intervals are 95 percent: Wilson for rates, order statistics for medians. Headroom is the objective divided by the 95th percentile of the actuals. Shares are rounded down, so that 100% means all.</p>
        {Head(scorecard)}</footer>
        </body>
        </html>
        """).ToString();

    // On paper it is where nobody can reach it who can write to the ledger.
    private static Html Head(Scorecard scorecard) => scorecard.Head is not { } head ? Html.Empty : Html.Of($"""
        <p>Head of the ledger's chain after {Count(head.Records, "record", "records")}: <code>{head.Hash}</code>. Whether any of them was changed since then says <code>chaos ledger verify --head</code> with it.</p>
        """);

    private static Html Link(Scorecard scorecard) => scorecard.Money is null ? Html.Empty : Html.Of($"""<a href="#money">Money</a> """);

    private static Html Findings(Scorecard scorecard) => scorecard.FollowUps.Count == 0 ? Html.Empty : Html.Of($"""<a href="#findings">Findings</a> """);

    private static Html Headline(Scorecard scorecard) => Html.Of($"""
        <section aria-label="At a glance" class="tiles">
        {Html.Join(Periods(scorecard).Select(Tile))}
        <a class="tile {(scorecard.AtRisk.Count > 0 ? "bad" : "good")}" href="#attention"><strong>{scorecard.AtRisk.Count}</strong> with an objective at risk<small>of {Count(scorecard.Experiments.Count, "experiment", "experiments")}</small></a>
        <a class="tile {(scorecard.Overdue.Count > 0 ? "warn" : "good")}" href="#attention"><strong>{scorecard.Overdue.Count}</strong> overdue<small>without evidence for too long</small></a>
        {FindingTile(scorecard)}<a class="tile" href="#maturity"><strong>{scorecard.Maturity.Level} of {scorecard.Maturity.Levels.Count}</strong> maturity level<small>{(scorecard.Maturity.Level == 0 ? "not yet at level 1" : scorecard.Maturity.Levels[scorecard.Maturity.Level - 1].Name)}</small></a>
        </section>
        """);

    private static Html FindingTile(Scorecard scorecard) => scorecard.FollowUps.Count == 0 ? Html.Empty : Html.Of($"""
        <a class="tile {(scorecard.OverdueFollowUps.Count > 0 ? "warn" : "good")}" href="#findings"><strong>{scorecard.FollowUps.Count}</strong> open {(scorecard.FollowUps.Count == 1 ? "finding" : "findings")}<small>{scorecard.OverdueFollowUps.Count} overdue</small></a>

        """);

    // Where nothing is older than a period, longer ones would say the same once more.
    private static IEnumerable<SuccessRateOfPeriod> Periods(Scorecard scorecard) =>
        scorecard.Success.Where((period, index) => index == 0 || period.Conclusive + period.Other > scorecard.Success[index - 1].Conclusive + scorecard.Success[index - 1].Other);

    private static Html Tile(SuccessRateOfPeriod period) => period.Conclusive == 0 ? Html.Of($"""
        <div class="tile"><strong>{None}</strong> no run passed or failed in {period.Days} days<small>{Count(period.Other, "came", "came")} to no conclusion</small></div>
        """) : Html.Of($"""
        <div class="tile"><strong>{Share(period.Share)}</strong> of runs passed in {period.Days} days<small>{period.Passed:#,##0} of {period.Conclusive:#,##0}{(period.Confidence is null ? "" : $"; in the long run likely {Share(period.Confidence)}")}{(period.Other > 0 ? $"; {Count(period.Other, "more came", "more came")} to no conclusion and {(period.Other == 1 ? "is" : "are")} not counted" : "")}</small></div>
        """);

    private static Html Warnings(Scorecard scorecard) => Html.Join(scorecard.Warnings.Select(warning => Html.Of($"""<p class="note" role="note">{warning}</p>""")));

    private static Html Attention(Scorecard scorecard) => Html.Of($"""
        <section id="attention"><h2>Attention</h2>
        {(scorecard.AtRisk.Count + scorecard.Overdue.Count + scorecard.NeverConcluded.Count + scorecard.OverdueFollowUps.Count == 0 ? Nothing(scorecard) : Html.Empty)}
        {List("Objectives at risk", scorecard.AtRisk.Select(card => (card, string.Join("; ", card.Risks))))}
        {List("Never concluded", scorecard.NeverConcluded.Select(card => (card, ExperimentSection.WithoutConclusion(card))))}
        {List("Overdue", scorecard.Overdue.Select(card => (card, ExperimentSection.Overdue(card))))}
        {LateFindings(scorecard)}
        </section>
        """);

    private static Html LateFindings(Scorecard scorecard) => scorecard.OverdueFollowUps.Count == 0 ? Html.Empty : Html.Of($"""
        <h3>Findings that are overdue</h3><ul>{Html.Join(scorecard.OverdueFollowUps.Select(finding => Html.Of($"""<li><a href="#{FindingSection.Anchor(finding)}">{finding.Id}: {finding.Text}</a>: {finding.Owner}, {FindingSection.Late(finding, scorecard.GeneratedAt)}</li>""")))}</ul>
        """);

    // What is not known yet is not well.
    private static Html Nothing(Scorecard scorecard)
    {
        var unknown = scorecard.Experiments.Count(card => card.Headroom is null && card.Objectives.Rto is not null);
        return scorecard.Experiments.Count == 0 ? Html.Of($"<p>Nothing is known yet: no run is in the ledger.</p>")
            : unknown == 0 ? Html.Of($"<p>Nothing: every objective has room, and every test is recent.</p>")
            : Html.Of($"<p>Nothing that is known: every test is recent. How much room {(unknown == scorecard.Experiments.Count ? "the objectives have" : $"{Count(unknown, "objective has", "objectives have")}")} is known from {ExperimentCard.LeastRunsForHeadroom} runs on.</p>");
    }

    private static string Origin(Scorecard scorecard)
    {
        var last = scorecard.Experiments.SelectMany(card => card.Runs).MaxBy(run => run.StartedAt);
        string?[] parts = [last?.Origin.Branch is { } branch ? $"branch {branch}" : null, last?.Origin.Commit is { } commit ? $"commit {ExperimentSection.Brief(commit)}" : null, last?.Origin.Host is { } host ? $"on {host}" : null, last?.Origin.StartedBy is { } person ? $"started by {person}" : null];
        var text = string.Join(", ", parts.OfType<string>());
        var environments = scorecard.Experiments.Where(card => card.Series.IsOfAKnownSystem).Select(card => card.Environment).Distinct().Order(StringComparer.Ordinal).ToList();
        return (environments.Count == 0 ? "" : $"; {(environments.Count == 1 ? "environment" : "environments")} {string.Join(", ", environments)}") + (text.Length == 0 ? "" : $"; the last run: {text}");
    }

    private static Html List(string title, IEnumerable<(ExperimentCard Card, string Text)> entries) => entries.Any()
        ? Html.Of($"""<h3>{title}</h3><ul>{Html.Join(entries.Select(entry => Html.Of($"""<li><a href="#{ExperimentSection.Anchor(entry.Card)}">{entry.Card.Name}</a>: {entry.Text}</li>""")))}</ul>""")
        : Html.Empty;

    private static Html Metrics(Scorecard scorecard) => Html.Of($"""
        <section id="metrics"><h2>Success metrics</h2>
        <p>Of the reliability pillar, over the last 90 days.</p>
        <div><table class="stack">
        <thead><tr><th scope="col">Metric</th><th scope="col" class="n">Value</th><th scope="col" class="n">Runs</th><th scope="col">Definition</th></tr></thead>
        <tbody>{Html.Join(scorecard.Metrics.Select(Row))}</tbody></table></div></section>
        """);

    private static Html Row(SuccessMetric metric) => Html.Of($"""
        <tr><th scope="row">{metric.Name}</th><td class="n" data-label="Value">{(metric.Value is null ? "not measured" : metric.IsTime ? Seconds(metric.Value) : Share(metric.Value))}</td><td class="n" data-label="Runs">{metric.Runs}</td><td data-label="Definition">{metric.Definition}{(metric.Note is { } note ? $" {note}." : "")}</td></tr>
        """);
}
