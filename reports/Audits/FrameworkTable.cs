using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Audits;

/// <summary>What three frameworks ask of an exercise, and where the report answers it, or that it does not.</summary>
internal static class FrameworkTable
{
    private const string Dora = "DORA: Delegated Regulation (EU) 2024/1774, Article 25, testing of ICT business continuity plans";
    private const string Soc = "SOC 2: A1.3, recovery plan procedures are tested";
    private const string Iso = "ISO 22301: clause 8.5, exercise programme";

    private static readonly string[] Columns = ["It asks for", "Answered in", "With what, and what not"];

    public static IReadOnlyList<PaperBlock> Of() =>
    [
        new Words("What each asks of an exercise is told here in our own words, shortened, and as we understand it: the texts themselves count. This is no legal advice, and says of nothing that it is complied with. Where a section says 'not recorded', it answers nothing."),
        new Grid(
            Dora,
            Columns,
            [
                No("taking the business impact analysis and the assessment of ICT risks into account", "neither is known here: say in the script which of their scenarios this is"),
                Row("tests on scenarios that could happen, severe ones and those that the plans were made for among them", AuditSections.Plan, "the scenario and the faults; whether they are severe and plausible enough is for the reader to judge"),
                Row("testing services that others provide, their failure included", AuditSections.Plan, "the faults and what they struck; whose services those are, and what becomes of a provider that is insolvent, is not in this pack"),
                Row("switching to redundant capacity or backups, which then carry the work for long enough, and back again", AuditSections.Steps, "when it broke, who took over, when it was undone; how long is long enough is not said"),
                Row("showing whether the functions that matter go on", AuditSections.Objectives, "each objective with its actual; which functions are critical is not in this pack"),
                Row("challenging what plans take for granted, who decides and how a crisis is communicated included", AuditSections.People, "who gave the go and decided what, and after how long; communication to others is not in this pack"),
                Row("checking whether people, systems and services of others respond as they should", AuditSections.Deviations, "what went otherwise than planned; who provides a component is not in this pack"),
                Row("results written down, and shortcomings analysed, mended and reported to the management body", AuditSections.Findings, "what has to be mended, by whom and by when; the report to the management body is not in this pack"),
                No("testing again and again, at least as often as prescribed", "one run is no programme: the scorecard has the history"),
            ]),
        new Grid(
            Soc,
            Columns,
            [
                Row("testing whether recovery procedures bring the system back within its objectives", AuditSections.Objectives, "recovery time and point, with their uncertainty, against the objectives"),
                Row("scenarios that are likely, the absence of people who matter among them", AuditSections.Plan, "the scenario as far as there is a script; absences only where that says so"),
                Row("components from everywhere that could take availability away", AuditSections.Plan, "what was struck in this run; what never was, chaos advise lists"),
                Row("backups that are whole and complete", AuditSections.Data, "whether acknowledged writes are still there; a restore from a backup only where the run made one"),
                Row("plans that are changed by what tests show", AuditSections.Findings, "what has to be mended; the changed plan is not in this pack"),
            ]),
        new Grid(
            Iso,
            Columns,
            [
                Row("exercises on fitting scenarios, with clear aims", AuditSections.Plan, "hypothesis, script and objectives"),
                Row("building teamwork, competence and confidence of those who have a role", AuditSections.People, "who took part, as far as they said so; what they learnt is in the retrospective where they wrote it"),
                Row("a report afterwards, with outcomes, recommendations and actions", AuditSections.Findings, "outcome and deviations in this report; recommendations in the retrospective where people wrote them; actions as findings"),
                No("validating, over time, all that continuity rests on; at planned intervals and when much changes", "one run is no programme: the scorecard has the history"),
            ]),
    ];

    private static IReadOnlyList<PaperCell> Row(string asked, string section, string with) => [asked, AuditSections.Link(section), with];

    private static IReadOnlyList<PaperCell> No(string asked, string why) => [asked, "not in this pack", why];
}
