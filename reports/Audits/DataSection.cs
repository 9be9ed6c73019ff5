using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>What became of the writes that the system had acknowledged.</summary>
internal static class DataSection
{
    /// <summary>The file of the pack that has every lost write.</summary>
    public const string LostWritesFile = "lost-writes.csv";

    private const int MostIds = 100;

    private static readonly string[] Counts = [FigureNames.AcknowledgedWrites, FigureNames.LostWrites, FigureNames.RecoveryPoint, FigureNames.DuplicatedWrites, FigureNames.DivergedWrites, FigureNames.IndeterminateWrites];

    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var run = drilled.Record;
        var subjects = run.Figures.Where(figure => Counts.Contains(figure.Figure.Name)).Select(figure => figure.Figure.Subject).Distinct().ToList();
        return
        [
            subjects.Count == 0
                ? new Words($"Writes: {PaperCell.NotRecorded}. The run looked no writes up, so that it says nothing of lost data.")
                : new Grid("Writes, each with an id of its own, looked up when the run was over", ["Of", "Acknowledged", "Lost", "Lost back to", "Duplicated", "Diverged", "Indeterminate"], [.. subjects.Select(subject => Row(run, subject))]),
            Lost(drilled),
        ];
    }

    private static IReadOnlyList<PaperCell> Row(RunRecord run, string subject) =>
    [
        subject.Length == 0 ? "all" : subject,
        .. Counts.Select(name => (PaperCell)(run.Find(name, subject)?.Figure is { } figure ? FigureText.ValueOf(figure) : null)),
    ];

    private static PaperBlock Lost(DrilledRun drilled)
    {
        var (lost, times) = (drilled.Record.LostWrites, drilled.Times);
        var counted = drilled.Record.Figures.Named(FigureNames.LostWrites).Sum(figure => figure.Figure.Upper ?? 0);
        return lost.Count == 0
            ? new Words(counted > 0 ? $"The ids of lost writes: {PaperCell.NotRecorded}." : "No id of a lost write is recorded.")
            : new Grid(
                string.Create(CultureInfo.InvariantCulture, $"Lost writes{(lost.Count > MostIds ? $": the first {MostIds}" : "")}, {lost.Count:#,##0} in all in {LostWritesFile}"),
                ["Id", "Acknowledged, UTC", "By"],
                [.. lost.Take(MostIds).Select(write => (IReadOnlyList<PaperCell>)[write.Id.ToString(), times.Utc(write.Acknowledged), write.By])]);
    }
}
