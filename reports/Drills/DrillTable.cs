using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using Spectre.Console;

namespace ChaosHarness.Reports.Drills;

/// <summary>The closing table of a drill.</summary>
internal static class DrillTable
{
    private const int Width = 170;

    /// <summary>Prints the table and what to read next; returns the exit code.</summary>
    public static int Print(IAnsiConsole console, IReadOnlyList<DrillRow> rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> histories, string? page)
    {
        // Into a file or a pipeline's log nothing wraps by itself, and a narrow table would break every cell.
        console.Profile.Width = console.Profile.Capabilities.Interactive && !Console.IsOutputRedirected ? console.Profile.Width : Math.Max(console.Profile.Width, Width);
        if (rows.Count == 0)
        {
            console.WriteLine("No experiment ran.");
            return 2;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("Experiment", "Outcome", "RTO", "RTA", "Change", "RPO", "RPA", "TTD", "Served");
        var named = rows.CountBy(row => row.Name).ToDictionary();
        foreach (var row in DrillRow.InReadingOrder(rows))
        {
            table.AddRow(Cells(row, named[row.Name] > 1, DrillChange.Of(row, histories)).Select(cell => (Spectre.Console.Rendering.IRenderable)cell));
        }

        console.Write(table);
        foreach (var row in DrillRow.InReadingOrder(rows).Where(row => row.HasFailed || row.Outcome != Outcome.Passed))
        {
            console.Write(new Text($"{row.OutcomeText}: {TerminalText.Of(row.Name)}\n", new Style(OutcomeColour.Of(row.Outcome))));
            foreach (var line in row.Why.ReplaceLineEndings("\n").Split('\n'))
            {
                console.WriteLine("  " + TerminalText.Of(line.TrimEnd()));
            }
        }

        if (rows.Count(row => row.IsImpossible) is > 0 and var impossible)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{impossible} cannot run on this machine."));
        }

        var count = DrillCount.Of(rows);
        console.WriteLine($"Experiments: {count}.");
        if (page is not null)
        {
            // Terminals make links of addresses, not of paths.
            console.WriteLine($"Report: {new Uri(Path.GetFullPath(page)).AbsoluteUri}");
        }

        return count.ExitCode;
    }

    // Two of one name differ in what they ran on.
    private static IEnumerable<Text> Cells(DrillRow row, bool isAmbiguous, DrillChange? change)
    {
        var headlines = row.Headlines;
        yield return new Text(TerminalText.Of(row.Name + (isAmbiguous && row.Record is { } record ? $" ({record.System}, {record.Topology})" : "")));
        yield return new Text(row.OutcomeText, new Style(OutcomeColour.Of(row.Outcome)));
        yield return new Text(headlines.Rto is { } rto ? DurationText.Format(rto) : "-");
        yield return new Text(headlines.RecoveryShortText + (headlines.Rto is { } limit && limit > TimeSpan.Zero && headlines.Recovery?.Upper is { } upper ? string.Create(CultureInfo.InvariantCulture, $" ({Math.Ceiling(upper / limit * 100):0}%)") : ""));
        yield return new Text(change?.Short ?? "-", change is { IsWorse: true } ? new Style(Color.Yellow) : Style.Plain);
        yield return new Text(headlines.Rpo ?? "-");
        yield return new Text(headlines.LossText);
        yield return new Text(TerminalText.Of(headlines.DetectionText));
        yield return new Text(headlines.AvailabilityText);
    }
}
