using System.Text;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>Every lost write as a line.</summary>
internal static class LostWritesCsv
{
    public static string Write(DrilledRun drilled)
    {
        var text = new StringBuilder("id,acknowledged_utc,acknowledged_by\n");
        foreach (var write in drilled.Record.LostWrites)
        {
            text.Append(Quoted(write.Id.ToString())).Append(',').Append(drilled.Times.Utc(write.Acknowledged)).Append(',').Append(Quoted(write.By ?? "")).Append('\n');
        }

        return text.ToString();
    }

    // A spreadsheet takes what begins like a formula for one.
    private static string Quoted(string text) => $"\"{(text.Length > 0 && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" : "")}{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
