using System.Globalization;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Ledger.Scorecards;
using static ChaosHarness.Reports.Pages.Figures;

namespace ChaosHarness.Reports.Pages;

/// <summary>What has to be mended, a table for each system.</summary>
internal static class FindingSection
{
    public static Html Write(Scorecard scorecard) => scorecard.FollowUps.Count == 0 ? Html.Empty : Html.Of($"""
        <section id="findings"><h2>Findings</h2>
        <p>What drills showed that has to be mended. A run that passes closes one; who accepts a risk says why.</p>
        {Html.Join(scorecard.FollowUps.GroupBy(finding => $"{finding.System} in {finding.Environment}").OrderBy(system => system.Key, StringComparer.Ordinal).Select(system => Table(system.Key, [.. system], scorecard)))}
        </section>
        """);

    /// <summary>Where a finding is on the page.</summary>
    public static string Anchor(FollowUp finding) => string.Create(CultureInfo.InvariantCulture, $"finding-{finding.Number}");

    /// <summary>How late one is, in words.</summary>
    public static string Late(FollowUp finding, DateTimeOffset now) => $"due {Day(finding)}, {Count(finding.DaysLate(now), "day", "days")} late";

    private static Html Table(string system, IReadOnlyList<FollowUp> findings, Scorecard scorecard) => Html.Of($"""
        <div><table class="stack"><caption>{system}: {findings.Count} open, {findings.Count(finding => finding.IsOverdue(scorecard.GeneratedAt))} overdue</caption>
        <thead><tr><th scope="col">Finding</th><th scope="col">Severity</th><th scope="col">Owner</th><th scope="col">Due</th><th scope="col">Shown by</th></tr></thead>
        <tbody>{Html.Join(findings.Select(finding => Row(finding, scorecard)))}</tbody></table></div>
        """);

    private static Html Row(FollowUp finding, Scorecard scorecard) => Html.Of($"""
        <tr id="{Anchor(finding)}"><th scope="row">{finding.Id}: {finding.Text}{Last(finding)}</th><td data-label="Severity">{finding.Severity.ToString().ToLowerInvariant()}</td><td class="wrap" data-label="Owner">{finding.Owner}</td><td data-label="Due">{(finding.IsOverdue(scorecard.GeneratedAt) ? Html.Of($"""<span class="late"><strong>Overdue</strong></span>: {Late(finding, scorecard.GeneratedAt)}""") : Html.Of($"{Day(finding)}"))}</td><td class="wrap" data-label="Shown by">{ShownBy(finding, scorecard)}</td></tr>
        """);

    private static Html Last(FollowUp finding) => Html.Join(
    [
        finding.History is [.., { } last] ? Html.Of($"<small>{last.ToString()}</small>") : Html.Empty,
        finding.Proof is { } proof ? Html.Of($"<small>run {proof} has passed since</small>") : Html.Empty,
    ]);

    private static Html ShownBy(FollowUp finding, Scorecard scorecard)
    {
        var card = scorecard.Experiments.FirstOrDefault(card => (card.Id, card.Series.Parameters, card.System, card.Environment) == (finding.ExperimentId, finding.Parameters, finding.System, finding.Environment));
        return Html.Of($"""{(card is null ? Html.Of($"{finding.ExperimentName}") : Html.Of($"""<a href="#{ExperimentSection.Anchor(card)}">{finding.ExperimentName}</a>"""))}<small class="id">run {finding.RunId}</small>""");
    }

    private static string Day(FollowUp finding) => finding.Due.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
