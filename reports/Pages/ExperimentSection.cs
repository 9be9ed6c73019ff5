using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Statistics;
using static ChaosHarness.Reports.Pages.Figures;

namespace ChaosHarness.Reports.Pages;

/// <summary>A table of all experiments, then a card for each.</summary>
internal static class ExperimentSection
{
    private const int RunsListed = 5;

    public static Html Write(Scorecard scorecard, AllureLinks links) => Html.Of($"""
        <section id="experiments"><h2>Experiments</h2>
        {(scorecard.Experiments.Count == 0 ? Html.Of($"<p>No run is in the ledger yet. Run a drill first.</p>") : Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="All experiments"><table>
        <thead><tr><th scope="col">Experiment</th><th scope="col">Last run</th><th scope="col" class="n">RTO</th><th scope="col" class="n">Median RTA</th><th scope="col" class="n">Headroom</th><th scope="col" class="n">Passed</th><th scope="col" class="n">Last evidence</th></tr></thead>
        <tbody>{Html.Join(scorecard.Experiments.Select(Row))}</tbody></table></div>
        <div class="cards">{Html.Join(scorecard.Experiments.Select(card => Card(card, links)))}</div>
        """))}</section>
        """);

    /// <summary>Where a card is on the page: names and parameters may hold anything, this only letters and digits.</summary>
    public static string Anchor(ExperimentCard card) => "e" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', card.Id, card.Series.Parameters, card.System, card.Environment, card.Topology, card.Profile))))[..12];

    private static Html Row(ExperimentCard card) => Html.Of($"""
        <tr><th scope="row"><a href="#{Anchor(card)}">{card.Name}</a><small class="where">{card.Series.ToString()}</small></th><td>{Badge(card.Runs[^1].Outcome)}</td><td class="n">{Seconds(card.Objectives.Rto?.TotalSeconds)}</td><td class="n">{Seconds(card.MedianRecovery)}</td><td class="n">{Factor(card.Headroom)}</td><td class="n">{card.Passed} of {card.Conclusive}</td><td class="n">{Day(card.LastEvidence)}</td></tr>
        """);

    private static Html Card(ExperimentCard card, AllureLinks links)
    {
        var last = card.Runs[^1].Headlines;
        return Html.Of($"""
            <article id="{Anchor(card)}" aria-labelledby="{Anchor(card)}-name"><h3 id="{Anchor(card)}-name">{card.Name}</h3>
            <p class="where">{card.Series.ToString()}</p>
            {Html.Join(card.Risks.Select(risk => Html.Of($"""<p class="risk"><strong>At risk:</strong> {risk}</p>""")))}
            {(card.IsOverdue ? Html.Of($"""<p class="late"><strong>Overdue:</strong> wanted every {card.OverdueAfterDays} days</p>""") : Html.Empty)}
            {(card.IsFlaky ? Html.Of($"""<p class="late"><strong>Flaky:</strong> it passes and fails by turns</p>""") : Html.Empty)}
            {RunCharts.Recovery(card.Runs, card.Objectives.Rto?.TotalSeconds)}
            {RunCharts.Outcomes(card.Runs)}
            <dl>
            {Entry("RTO", Seconds(card.Objectives.Rto?.TotalSeconds))}
            {Entry("Median RTA", card.MedianRecovery is null ? None : $"{Seconds(card.MedianRecovery)} ({Seconds(card.MedianRecoveryConfidence)})")}
            {Entry("Headroom", card.Headroom is null ? NoHeadroom(card) : $"{Factor(card.Headroom)}, 95% within {Seconds(card.RecoveryP95)}")}
            {Entry("Passed", $"{card.Passed} of {card.Conclusive} ({Share(card.PassRate)})")}
            {Entry("Trend", Trend(card))}
            {Entry("RPO / RPA", $"{card.Objectives.Rpo ?? None} / {last.LossText}", RunCharts.Spark(card.Runs, run => run.Headlines.WritesLost, "lost writes"))}
            {Entry("TTD", last.DetectionText, RunCharts.Spark(card.Runs, run => run.Headlines.TimeToDetect?.Upper?.TotalSeconds, "time to detect"))}
            {Entry("Availability", last.AvailabilityText, RunCharts.Spark(card.Runs, run => run.Headlines.Availability, "availability"))}
            {Entry("Last evidence", Day(card.LastEvidence))}
            </dl>
            <details><summary>{(card.Runs.Count == 1 ? "The only run" : $"The last {Math.Min(RunsListed, card.Runs.Count)} runs")}</summary><ul class="runs">{Html.Join(card.Runs.TakeLast(RunsListed).Reverse().Select(run => Line(run, links)))}</ul></details>
            </article>
            """);
    }

    private static string NoHeadroom(ExperimentCard card) => card.Objectives.Rto is null ? "no RTO" : $"not enough runs: {ExperimentCard.LeastRunsForHeadroom} are needed";

    private static string Trend(ExperimentCard card)
    {
        var worse = card.Changes.Where(change => change.Verdict == ChangeVerdict.Worse).Select(ExperimentReview.Describe).ToList();
        return worse.Count > 0 ? string.Join("; ", worse)
            : card.Changes.Any(change => change.Verdict == ChangeVerdict.Stable) ? "stable"
            : string.Create(CultureInfo.InvariantCulture, $"not enough runs: {ChangeDetection.LeastBaseline + ChangeDetection.LatestRuns} are needed");
    }

    private static Html Entry(string name, string value, Html chart = default) => Html.Of($"<div><dt>{name}</dt><dd>{value}{chart}</dd></div>");

    private static Html Line(LedgerRun run, AllureLinks links) => Html.Of($"""
        <li>{Badge(run.Outcome)} {Minute(run.StartedAt)}, RTA {run.Headlines.RecoveryText}{(run.Reason is { } reason ? ": " + Shorten(reason) : "")}{(links.Of(run.RunId) is { } link ? Html.Of($""" <a href="{link}" aria-label="Run of {Minute(run.StartedAt)} in Allure">in Allure</a>""") : Html.Empty)}</li>
        """);

    private static string Shorten(string text)
    {
        const int Longest = 160;
        var line = text.Split('\n')[0];
        return line.Length <= Longest ? line : line[..Longest] + "\u2026";
    }

    private static Html Badge(Outcome outcome) => Html.Of($"""<span class="o {outcome.ToString()}">{outcome.ToString()}</span>""");
}
