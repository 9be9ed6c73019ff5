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
        <div><table class="stack">
        <thead><tr><th scope="col">Experiment</th><th scope="col">Last run</th><th scope="col" class="n">RTO</th><th scope="col" class="n">Median RTA</th><th scope="col" class="n">Headroom</th><th scope="col" class="n">Passed</th><th scope="col" class="n">Last evidence</th></tr></thead>
        <tbody>{Html.Join(scorecard.Experiments.Select(Row))}</tbody></table></div>
        <div class="cards">{Html.Join(scorecard.Experiments.Select(card => Card(card, links)))}</div>
        """))}</section>
        """);

    /// <summary>Where a card is on the page: names and parameters may hold anything, this only letters and digits.</summary>
    public static string Anchor(ExperimentCard card) => Anchor(card.Series);

    /// <summary>Where the card of a series is on the page.</summary>
    public static string Anchor(RunSeries series) => "e" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', series.ExperimentId, series.Parameters, series.System, series.Environment, series.Topology, series.Profile))))[..12];

    private static Html Row(ExperimentCard card) => Html.Of($"""
        <tr><th scope="row"><a href="#{Anchor(card)}">{card.Name}</a><small class="where">{Where(card)}</small></th><td data-label="Last run">{Badge(card.Runs[^1].Outcome)}</td><td class="n" data-label="RTO">{Seconds(card.Objectives.Rto?.TotalSeconds)}</td><td class="n" data-label="Median RTA">{Seconds(card.MedianRecovery)}</td><td class="n" data-label="Headroom">{Factor(card.Headroom)}</td><td class="n" data-label="Passed">{card.Passed} of {card.Conclusive}</td><td class="n" data-label="Last evidence">{Day(card.LastEvidence)}</td></tr>
        """);

    private static Html Card(ExperimentCard card, AllureLinks links)
    {
        // What came to no conclusion measured nothing that counts.
        var last = card.Runs.LastOrDefault(run => run.IsConclusive)?.Headlines ?? new Headlines([]);
        return Html.Of($"""
            <article id="{Anchor(card)}" aria-labelledby="{Anchor(card)}-name"><h3 id="{Anchor(card)}-name">{card.Name}</h3>
            <p class="where">{Where(card)}</p>
            {Html.Join(card.Risks.Select(risk => Html.Of($"""<p class="risk"><strong>At risk:</strong> {risk}</p>""")))}
            {(card.IsOverdue ? Html.Of($"""<p class="late"><strong>Overdue:</strong> {Overdue(card)}</p>""") : Html.Empty)}
            {(card.IsFlaky ? Html.Of($"""<p class="late"><strong>Flaky:</strong> it passes and fails by turns</p>""") : Html.Empty)}
            {(card.Conclusive < ExperimentCard.LeastRunsForHeadroom ? First(last) : Html.Of($"{RunCharts.Recovery(card.Runs, card.Objectives.Rto?.TotalSeconds)}{RunCharts.Outcomes(card.Runs)}"))}
            <dl>
            {Entry("RTO", Seconds(card.Objectives.Rto?.TotalSeconds))}
            {Entry("Median RTA", card.MedianRecovery is null ? None : card.MedianRecoveryConfidence is null ? Seconds(card.MedianRecovery) : $"{Seconds(card.MedianRecovery)}, in the long run likely {Seconds(card.MedianRecoveryConfidence)}")}
            {Entry("Headroom", card.Headroom is null ? NoHeadroom(card) : $"{Factor(card.Headroom)}, 95% within {Seconds(card.RecoveryP95)}")}
            {Entry("Passed", $"{card.Passed} of {card.Conclusive} ({Share(card.PassRate)})")}
            {Entry("Trend", Trend(card))}
            {Entry("RPO / RPA", $"{card.Objectives.Rpo ?? None} / {last.LossText}", RunCharts.Spark(card.Runs, run => run.IsConclusive ? run.Headlines.WritesLost : null, "lost writes"))}
            {Entry("TTD", last.DetectionText, RunCharts.Spark(card.Runs, run => run.IsConclusive ? run.Headlines.TimeToDetect?.Upper?.TotalSeconds : null, "time to detect"))}
            {Entry("Served while failing", last.AvailabilityText, RunCharts.Spark(card.Runs, run => run.IsConclusive ? run.Headlines.Availability : null, "the share that was served while failing"))}
            {Entry("Last evidence", Day(card.LastEvidence))}
            </dl>
            <details><summary>{(card.Runs.Count == 1 ? "The only run" : $"The last {Math.Min(RunsListed, card.Runs.Count)} runs")}</summary><ul class="runs">{Html.Join(card.Runs.TakeLast(RunsListed).Reverse().Select(run => Line(run, links)))}</ul></details>
            </article>
            """);
    }

    /// <summary>Since when it says nothing any more; a test that was run and came to no conclusion was not forgotten.</summary>
    public static string Overdue(ExperimentCard card)
    {
        var since = card.LastEvidence is { } evidence ? $"last evidence {Day(evidence)}" : WithoutConclusion(card);
        return $"{since}; wanted every {card.OverdueAfterDays} days";
    }

    /// <summary>How often it was run in vain, and why it was the last time.</summary>
    public static string WithoutConclusion(ExperimentCard card) =>
        $"{Count(card.Runs.Count, "run", "runs")} without a conclusion, the last {card.Runs[^1].Outcome}{(card.Runs[^1].Reason is { } reason ? ": " + Shorten(reason) : "")}";

    /// <summary>The beginning of a commit, which names it.</summary>
    public static string Brief(string commit) => commit.Length > 12 ? commit[..12] : commit;

    private static string Where(ExperimentCard card) => card.Series.IsOfAKnownSystem ? card.Series.ToString() : "it never came to its system";

    private static Html First(Headlines last) => last.Recovery is null ? Html.Of($"""<p class="none">No recovery was measured yet.</p>""") : Html.Of($"""<p class="first">{RecoveryBar.Of(last)}RTA {last.RecoveryText}{(last.Rto is { } rto ? $", RTO {Seconds(rto.TotalSeconds)}" : "")}</p>""");

    private static string NoHeadroom(ExperimentCard card) => card.Objectives.Rto is null ? "no RTO" : $"from {ExperimentCard.LeastRunsForHeadroom} runs on ({card.Conclusive} of {ExperimentCard.LeastRunsForHeadroom})";

    private static string Trend(ExperimentCard card)
    {
        var worse = card.Changes.Where(change => change.Verdict == ChangeVerdict.Worse).Select(ExperimentReview.Describe).ToList();
        return worse.Count > 0 ? string.Join("; ", worse)
            : card.Changes.Any(change => change.Verdict == ChangeVerdict.Stable) ? "stable"
            : string.Create(CultureInfo.InvariantCulture, $"from {ChangeDetection.LeastBaseline + ChangeDetection.LatestRuns} runs on ({card.Conclusive} of {ChangeDetection.LeastBaseline + ChangeDetection.LatestRuns})");
    }

    private static Html Entry(string name, string value, Html chart = default) => Html.Of($"<div><dt>{name}</dt><dd>{value}{chart}</dd></div>");

    private static Html Line(LedgerRun run, AllureLinks links) => Html.Of($"""
        <li>{Badge(run.Outcome)} {Minute(run.StartedAt)}{(run.IsConclusive ? $", RTA {run.Headlines.RecoveryText}" : "")}<small class="id">run {run.RunId}{(run.Origin.Commit is { } commit ? $", commit {Brief(commit)}" : "")}{(run.Origin.Host is { } host ? $", on {host}" : "")}{(run.Origin.StartedBy is { } person ? $", started by {person}" : "")}</small>{(run.Reason is { } reason ? ": " + Shorten(reason) : "")}{(links.Of(run.RunId) is { } link ? Html.Of($""" <a href="{link}" aria-label="Run of {Minute(run.StartedAt)} in Allure">in Allure</a>""") : Html.Empty)}</li>
        """);

    private static string Shorten(string text)
    {
        const int Longest = 160;
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line[..Longest] + "\u2026";
    }

    private static Html Badge(Outcome outcome) => Html.Of($"""<span class="o {outcome.ToString()}">{outcome.ToString()}</span>""");
}
