using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>The report of a pack of evidence. What was never recorded is said, not left out.</summary>
internal static class AuditPaper
{
    public static Paper Of(AuditedRun audited)
    {
        var (drilled, run) = (audited.Drilled, audited.Drilled.Record);
        return new Paper($"Audit pack: {run.Name}", $"{run.Outcome} on {run.System} in {run.Environment}, {drilled.Times.Utc(TimeSpan.Zero)} UTC, run {run.RunId}", [.. Sections(audited).Select((section, index) => section with { Title = $"{index + 1}. {section.Title}" })])
        {
            Foot = $"Run {run.RunId}",
        };
    }

    // In the order of AuditSections, which the table on the first page leads to by number.
    private static IEnumerable<PaperSection> Sections(AuditedRun audited)
    {
        var drilled = audited.Drilled;
        yield return new PaperSection(AuditSections.Answers, "Which section answers what", FrameworkTable.Of());
        yield return new PaperSection(AuditSections.Summary, "What happened", Headline.Of(drilled));
        yield return new PaperSection(AuditSections.Plan, "The plan", PlanSection.Of(drilled));
        yield return new PaperSection(AuditSections.People, "People and approvals", PeopleSection.Of(drilled));
        yield return new PaperSection(AuditSections.Steps, "Steps", StepSection.Of(drilled));
        yield return new PaperSection(AuditSections.Objectives, "Objectives and actuals", ActualSection.Of(drilled));
        yield return new PaperSection(AuditSections.Data, "Data", DataSection.Of(drilled));
        yield return new PaperSection(AuditSections.Deviations, "Deviations", DeviationSection.Of(drilled));
        yield return new PaperSection(AuditSections.Findings, "Findings", FindingsSection.Of(drilled));
        yield return new PaperSection(AuditSections.Versions, "Versions", VersionSection.Of(audited));
        yield return new PaperSection(AuditSections.Ledger, "The record in the ledger", LedgerSection.Of(audited));
        yield return new PaperSection(AuditSections.Files, "Files of this pack", FileSection.Of(audited));
    }
}
