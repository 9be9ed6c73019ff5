using ChaosHarness.Ledger.Scorecards;
using static ChaosHarness.Reports.Pages.Figures;

namespace ChaosHarness.Reports.Pages;

/// <summary>The same experiment in several places, side by side: what each system made of it.</summary>
internal static class ComparisonSection
{
    public const string Anchor = "systems";

    /// <summary>Draws it; nothing where every experiment ran in one place alone.</summary>
    public static Html Write(IReadOnlyList<ComparedExperiment> compared) => compared.Count == 0 ? Html.Empty : Html.Of($"""
        <section id="{Anchor}"><h2>Same experiment, different systems</h2>
        <p>Experiments of one name that ran on several systems or topologies, each by its latest run there that came to a conclusion.</p>
        <div><table class="stack">
        <thead><tr><th scope="col">Experiment</th><th scope="col">Topology</th><th scope="col">System</th><th scope="col">Verdict</th><th scope="col" class="n">RTO</th><th scope="col" class="n">RTA</th><th scope="col" class="n">RPA</th><th scope="col" class="n">Served while failing</th><th scope="col" class="n">Passed</th></tr></thead>
        {Html.Join(compared.Select(Group))}</table></div></section>
        """);

    public static Html Link(IReadOnlyList<ComparedExperiment> compared) => compared.Count == 0 ? Html.Empty : Html.Of($"""<a href="#{Anchor}">Systems</a> """);

    private static Html Group(ComparedExperiment compared) => Html.Of($"""
        <tbody>{Html.Join(compared.Systems.Select((system, index) => Row(compared, system, index == 0)))}</tbody>
        """);

    private static Html Row(ComparedExperiment compared, ComparedSystem system, bool isFirst)
    {
        var headlines = system.Run.Headlines;
        var measured = system.Run.IsConclusive;
        return Html.Of($"""
            <tr>{(isFirst ? Html.Of($"""<th scope="rowgroup" rowspan="{compared.Systems.Count}">{compared.Name}</th>""") : Html.Empty)}<td data-label="Topology">{system.Series.Topology}</td><td data-label="System"><a href="#{ExperimentSection.Anchor(system.Series)}">{system.Series.System}</a><small class="where">{system.Series.Environment}</small></td><td data-label="Verdict"><span class="o {system.Run.Outcome.ToString()}">{system.Run.Outcome.ToString()}</span></td><td class="n" data-label="RTO">{Seconds(headlines.Rto?.TotalSeconds)}</td><td class="n" data-label="RTA">{(measured ? headlines.RecoveryShortText : None)}</td><td class="n" data-label="RPA">{(measured ? headlines.LossText : None)}</td><td class="n" data-label="Served while failing">{(measured ? Share(headlines.Availability) : None)}</td><td class="n" data-label="Passed">{system.Passed} of {system.Conclusive}</td></tr>
            """);
    }
}
