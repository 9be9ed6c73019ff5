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

    // A table of all columns has no room for a name below that.
    private const int Narrow = 100;
    private const string None = "-";

    // The first two are of every experiment.
    private const int Named = 2;
    private static readonly string[] Columns = ["Experiment", "Outcome", "RTO", "RTA", "Change", "RPO", "RPA", "TTD", "Served"];

    /// <summary>Prints the table and what to read next; returns the exit code.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="rows">The experiments.</param>
    /// <param name="histories">What the ledger has of them.</param>
    /// <param name="page">The report; null when there is none.</param>
    /// <param name="width">How wide a terminal is; null for a file or a pipeline's log, where nothing wraps by itself and a narrow table would break every cell.</param>
    /// <param name="whyNone">Why there are none, when that is known.</param>
    public static int Print(IAnsiConsole console, IReadOnlyList<DrillRow> rows, IReadOnlyDictionary<RunSeries, IReadOnlyList<LedgerRun>> histories, string? page, int? width = null, string? whyNone = null)
    {
        console.Profile.Width = width ?? Math.Max(console.Profile.Width, Width);
        if (rows.Count == 0)
        {
            console.WriteLine(whyNone ?? TestSummary.WhyNone(null, isExpected: false));
            return 2;
        }

        var named = rows.CountBy(row => row.Name).ToDictionary();
        var shown = DrillRow.InReadingOrder(rows).Select(row => (Row: row, Cells: Cells(row, named[row.Name] > 1, DrillChange.Of(row, histories)).ToList())).ToList();
        if (console.Profile.Width < Narrow)
        {
            PrintList(console, shown);
        }
        else
        {
            PrintTable(console, [.. shown.Select(entry => entry.Cells)]);
            foreach (var row in shown.Select(entry => entry.Row).Where(IsExplained))
            {
                console.Write(new Text($"{row.OutcomeText}: {TerminalText.Of(row.Name)}\n", new Style(OutcomeColour.Of(row.Outcome))));
                PrintWhy(console, row);
            }
        }

        foreach (var scenario in DrillScenario.Of(rows))
        {
            console.WriteLine(TerminalText.Of($"{scenario}{(scenario.LeftOut.Count == 0 ? "." : ":")}"));
            foreach (var line in scenario.WhyLeftOut)
            {
                console.WriteLine("  " + TerminalText.Of(line));
            }
        }

        if (rows.Count(row => row.IsImpossible) is > 0 and var impossible)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{impossible} cannot run on this machine."));
        }

        var count = DrillCount.Of(rows);
        foreach (var sentence in LeftBroken.Sentences(rows))
        {
            console.Write(new Text(sentence + "\n"));
        }

        console.WriteLine($"Experiments: {count}.");
        if (page is not null)
        {
            // Terminals make links of addresses, not of paths.
            console.WriteLine($"Report: {new Uri(Path.GetFullPath(page)).AbsoluteUri}");
        }

        return count.ExitCode;
    }

    private static bool IsExplained(DrillRow row) => row.HasFailed || row.Outcome != Outcome.Passed;

    private static void PrintWhy(IAnsiConsole console, DrillRow row)
    {
        foreach (var line in row.Why.ReplaceLineEndings("\n").Split('\n'))
        {
            console.WriteLine("  " + TerminalText.Of(line.TrimEnd()));
        }
    }

    // Each once, with its figures and why it did not pass.
    private static void PrintList(IAnsiConsole console, IReadOnlyList<(DrillRow Row, List<(string Text, Style Style)> Cells)> rows)
    {
        foreach (var (row, cells) in rows)
        {
            console.Write(new Text($"{cells[1].Text}: {cells[0].Text}\n", cells[1].Style));
            foreach (var column in Enumerable.Range(Named, Columns.Length - Named).Where(column => cells[column].Text != None))
            {
                console.Write(new Text($"  {Columns[column]} {cells[column].Text}\n", cells[column].Style));
            }

            if (IsExplained(row))
            {
                PrintWhy(console, row);
            }
        }
    }

    private static void PrintTable(IAnsiConsole console, IReadOnlyList<List<(string Text, Style Style)>> rows)
    {
        // What no experiment has takes no room from what one has.
        var shown = Enumerable.Range(0, Columns.Length).Where(column => column < Named || rows.Any(row => row[column].Text != None)).ToList();
        var table = new Table().Border(TableBorder.Rounded).AddColumns([.. shown.Select(column => Columns[column])]);
        foreach (var row in rows)
        {
            table.AddRow(shown.Select(column => (Spectre.Console.Rendering.IRenderable)new Text(row[column].Text, row[column].Style)));
        }

        console.Write(table);
    }

    // Two of one name differ in what they ran on.
    private static IEnumerable<(string Text, Style Style)> Cells(DrillRow row, bool isAmbiguous, DrillChange? change)
    {
        var headlines = row.Headlines;
        yield return (TerminalText.Of(row.NumberedName + (isAmbiguous && row.Record is { } record ? $" ({record.System}, {record.Topology})" : "")), Style.Plain);
        yield return (row.OutcomeText, new Style(OutcomeColour.Of(row.Outcome)));
        yield return (headlines.Rto is { } rto ? DurationText.Format(rto) : None, Style.Plain);
        yield return (headlines.RecoveryShortText + (headlines.Rto is { } limit && limit > TimeSpan.Zero && headlines.Recovery?.Upper is { } upper ? string.Create(CultureInfo.InvariantCulture, $" ({Math.Ceiling(upper / limit * 100):0}%)") : ""), Style.Plain);
        yield return (change?.Short ?? None, change is { IsWorse: true } ? new Style(Color.Yellow) : Style.Plain);
        yield return (headlines.Rpo ?? None, Style.Plain);
        yield return (headlines.LossText, Style.Plain);
        yield return (TerminalText.Of(headlines.DetectionText), Style.Plain);
        yield return (headlines.AvailabilityText, Style.Plain);
    }
}
