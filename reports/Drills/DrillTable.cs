using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Timing;
using Spectre.Console;

namespace ChaosHarness.Reports.Drills;

/// <summary>The closing table of a drill.</summary>
internal static class DrillTable
{
    private const int Width = 170;

    /// <summary>Prints the table and what to read next; returns the exit code.</summary>
    public static int Print(IAnsiConsole console, IReadOnlyList<DrillRow> rows, string? site)
    {
        // Into a file or a pipeline's log nothing wraps by itself, and a narrow table would break every cell.
        console.Profile.Width = Math.Max(console.Profile.Width, Width);
        if (rows.Count == 0)
        {
            console.WriteLine("No experiment ran.");
            return 2;
        }

        var table = new Table().Border(TableBorder.Rounded).AddColumns("Experiment", "Outcome", "RTO", "RTA", "RPO", "RPA", "TTD", "Availability");
        foreach (var row in rows)
        {
            table.AddRow(Cells(row).Select(cell => (Spectre.Console.Rendering.IRenderable)cell));
        }

        console.Write(table);
        foreach (var row in rows.Where(row => row.Outcome != Outcome.Passed))
        {
            console.WriteLine($"{row.OutcomeText}: {TerminalText.Of(row.Name)}");
            console.WriteLine("  " + TerminalText.Of(row.Why));
        }

        if (rows.Count(row => row.IsImpossible) is > 0 and var impossible)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{impossible} cannot run on this machine."));
        }

        var count = DrillCount.Of(rows);
        console.WriteLine($"Experiments: {count}.");
        if (site is not null)
        {
            console.WriteLine($"Report: {site}");
        }

        return count.ExitCode;
    }

    private static IEnumerable<Text> Cells(DrillRow row)
    {
        var headlines = row.Headlines;
        yield return new Text(TerminalText.Of(row.Name));
        yield return new Text(row.OutcomeText, new Style(ColourOf(row.Outcome)));
        yield return new Text(headlines.Rto is { } rto ? DurationText.Format(rto) : "-");
        yield return new Text(headlines.RecoveryText);
        yield return new Text(headlines.Rpo ?? "-");
        yield return new Text(headlines.LossText);
        yield return new Text(TerminalText.Of(headlines.DetectionText));
        yield return new Text(headlines.AvailabilityText);
    }

    private static Color ColourOf(Outcome outcome) => outcome switch
    {
        Outcome.Passed => Color.Green,
        Outcome.Inconclusive => Color.Yellow,
        _ => Color.Red,
    };
}
