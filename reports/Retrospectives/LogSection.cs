using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What components wrote around the moments that matter.</summary>
internal static class LogSection
{
    private const int MostLines = 100;

    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled) => drilled.Record.Logs.Count == 0
        ? [new Words($"Logs: {PaperCell.NotRecorded}.")]
        :
        [
            .. drilled.Record.Logs.Select(excerpt => new Verbatim(
                $"{excerpt.Component}, around the {excerpt.Moment}{(excerpt.Lines.Count > MostLines ? $": the first {MostLines} of {excerpt.Lines.Count} lines" : "")}",
                [.. excerpt.Lines.Take(MostLines).Select(line => $"{drilled.Times.Since(line.At),10}  {line.Text}")])),
        ];
}
