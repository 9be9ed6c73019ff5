using ChaosHarness.Ledger.Scorecards;

namespace ChaosHarness.Reports.Pages;

/// <summary>The checklist of maturity, each line with its evidence.</summary>
internal static class MaturitySection
{
    public static Html Write(Maturity maturity) => Html.Of($"""
        <section id="maturity"><h2>Maturity</h2>
        <p>Level {maturity.Level} of {maturity.Levels.Count}. Each criterion is decided by runs in the ledger, none by anybody's opinion.</p>
        <ol class="steps">{Html.Join(maturity.Levels.Select(Bar))}</ol>
        {Missing(maturity)}
        <details><summary>Every criterion, with its evidence</summary><div class="levels">{Html.Join(maturity.Levels.Select(level => Level(level, maturity.Level)))}</div></details></section>
        """);

    private static Html Bar(MaturityLevel level)
    {
        var met = level.Criteria.Count(criterion => criterion.IsMet);
        return Html.Of($"""
            <li><span>{level.Number}. {level.Name}</span> <span class="blocks" role="img" aria-label="{met} of {level.Criteria.Count} criteria met">{Html.Join(level.Criteria.OrderByDescending(criterion => criterion.IsMet).Select(criterion => criterion.IsMet ? Html.Of($"""<i class="on"></i>""") : Html.Of($"<i></i>")))}</span> <strong>{met} of {level.Criteria.Count}</strong></li>
            """);
    }

    private static Html Missing(Maturity maturity) => maturity.Missing.Count == 0
        ? Html.Empty
        : Html.Of($"""<h3>Missing for level {maturity.Level + 1}, and how to get it</h3><ul>{Html.Join(maturity.Missing.Select(criterion => Html.Of($"""<li><strong>{criterion.Name}</strong>: {criterion.Rule} {criterion.Evidence}<span class="how">{criterion.HowTo}</span></li>""")))}</ul>""");

    private static Html Level(MaturityLevel level, int reached) => Html.Of($"""
        <div class="level{(level.Number <= reached ? " reached" : "")}"><h3>{level.Number}. {level.Name}</h3><ul>{Html.Join(level.Criteria.Select(Criterion))}</ul></div>
        """);

    private static Html Criterion(MaturityCriterion criterion) => Html.Of($"""
        <li class="{(criterion.IsMet ? "met" : "unmet")}"><strong>{(criterion.IsMet ? "\u2713 met" : "\u2717 missing")}: {criterion.Name}</strong><span>{criterion.Rule}</span><em>{criterion.Evidence}</em></li>
        """);
}
