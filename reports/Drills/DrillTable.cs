using System.Globalization;
using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Reports.Commands;
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

        var table = new Table().Border(TableBorder.Rounded).AddColumns("Experiment", "Outcome", "RTO", "RTA", "RPO", "RPA", "Availability");
        foreach (var row in rows)
        {
            table.AddRow(Cells(row).Select(cell => (Spectre.Console.Rendering.IRenderable)cell));
        }

        console.Write(table);
        foreach (var row in rows.Where(row => row.Outcome != Outcome.Passed))
        {
            console.WriteLine($"{row.Outcome}: {PlainText.Of(row.Name)}");
            console.WriteLine("  " + PlainText.Of((row.Record?.Reason ?? row.Message ?? "").Split('\n')[0]));
        }

        var (passed, impossible) = (rows.Count(row => row.Outcome == Outcome.Passed), rows.Count(row => row.IsImpossible));
        if (impossible > 0)
        {
            // Where the profile does not let them pass, the test run has failed already.
            console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{impossible} cannot run on this machine."));
        }

        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} of {rows.Count - impossible} experiments passed."));
        if (site is not null)
        {
            console.WriteLine($"Report: {site}");
        }

        return passed == rows.Count - impossible ? 0 : 1;
    }

    private static IEnumerable<Text> Cells(DrillRow row)
    {
        var (objectives, measured) = (row.Record?.Objectives ?? Objectives.None, row.Record?.Measurements ?? new Measurements());
        yield return new Text(PlainText.Of(row.Name));
        yield return new Text(row.Outcome.ToString(), new Style(ColourOf(row.Outcome)));
        yield return new Text(objectives.Rto is { } rto ? DurationText.Format(rto) : "-");
        yield return new Text(measured.Recovery?.ToString() ?? "-");
        yield return new Text(objectives.Rpo?.ToString() ?? "-");
        yield return new Text(measured.DataLoss?.ToString() ?? "-");
        yield return new Text(measured.Availability?.ToString() ?? "-");
    }

    private static Color ColourOf(Outcome outcome) => outcome switch
    {
        Outcome.Passed => Color.Green,
        Outcome.Inconclusive => Color.Yellow,
        _ => Color.Red,
    };
}
