using System.Globalization;
using System.Net;
using System.Text;
using ChaosHarness.Experiments;
using ChaosHarness.Timing;

namespace ChaosHarness.Allure.Attachments;

/// <summary>A restore as a page to read: its phases, what was looked at in the copy, and what would not have been noticed.</summary>
internal static class RestorePage
{
    public static byte[] Write(RestoreRecord restore)
    {
        var text = new StringBuilder("<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>Restore drill</title><style>body{font:14px sans-serif;margin:1em}table{border-collapse:collapse;margin-bottom:1em}caption,th,td{text-align:left;padding:.3em .8em .3em 0;vertical-align:top}caption{font-weight:bold}tr{border-bottom:1px solid #ccc}td.n{text-align:right}</style>");
        text.Append(CultureInfo.InvariantCulture, $"<h1>{Html(restore.Name)}</h1><p>{Html(restore.Text)}</p>");
        Table(text, "What it consisted of", ["Phase", "From", "Took"], restore.Phases.Select(phase => new[] { phase.Name, DurationText.Format(phase.When.Start - restore.When.Start), DurationText.Format(phase.When.Length) }));
        Table(text, "What was looked at", ["Check", "Passed", "Seen", "Took"], restore.Checks.Select(check => new[] { check.Name, check.Passed ? "yes" : "no", check.Detail, DurationText.Format(check.When.Length) }));
        Table(text, "What would not have been noticed", ["Nobody looked for"], restore.WouldMiss.Select(what => new[] { what }));
        return Encoding.UTF8.GetBytes(text.Append("</html>").ToString());
    }

    private static void Table(StringBuilder text, string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        if (!rows.Any())
        {
            return;
        }

        text.Append(CultureInfo.InvariantCulture, $"<table><caption>{Html(caption)}</caption><tr>{string.Concat(columns.Select(column => $"<th>{Html(column)}</th>"))}</tr>");
        foreach (var row in rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"<tr>{string.Concat(row.Select(cell => $"<td>{Html(cell)}</td>"))}</tr>");
        }

        text.Append("</table>");
    }

    private static string Html(string text) => WebUtility.HtmlEncode(text);
}
