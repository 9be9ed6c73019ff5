using ChaosHarness.Ledger.Scorecards;

namespace ChaosHarness.Reports.Pages;

/// <summary>The checklist of maturity, each line with its evidence.</summary>
internal static class MaturitySection
{
    public static Html Write(Maturity maturity) => Html.Of($"""
        <section id="maturity"><h2>Maturity</h2>
        <p>Level {maturity.Level} of {maturity.Levels.Count}. Each criterion is decided by runs in the ledger, none by anybody's opinion.</p>
        {Missing(maturity)}
        <div class="levels">{Html.Join(maturity.Levels.Select(level => Level(level, maturity.Level)))}</div></section>
        """);

    private static Html Missing(Maturity maturity) => maturity.Missing.Count == 0
        ? Html.Empty
        : Html.Of($"""<h3>Missing for level {maturity.Level + 1}</h3><ul>{Html.Join(maturity.Missing.Select(criterion => Html.Of($"<li><strong>{criterion.Name}</strong>: {criterion.Rule} {criterion.Evidence}</li>")))}</ul>""");

    private static Html Level(MaturityLevel level, int reached) => Html.Of($"""
        <div class="level{(level.Number <= reached ? " reached" : "")}"><h3>{level.Number}. {level.Name}</h3><ul>{Html.Join(level.Criteria.Select(Criterion))}</ul></div>
        """);

    private static Html Criterion(MaturityCriterion criterion) => Html.Of($"""
        <li class="{(criterion.IsMet ? "met" : "unmet")}"><strong>{(criterion.IsMet ? "\u2713 met" : "\u2717 missing")}: {criterion.Name}</strong><span>{criterion.Rule}</span><em>{criterion.Evidence}</em></li>
        """);
}
