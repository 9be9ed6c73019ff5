using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>Findings as people and programs read them.</summary>
internal static class FindingsText
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) } };

    public static string List(IReadOnlyList<FollowUp> findings, int all, DateTimeOffset now)
    {
        var text = new StringBuilder();
        foreach (var finding in findings)
        {
            Write(text, finding, now);
        }

        return text.Append(Text($"{Count(findings.Count, "finding", "findings")}{(findings.Count < all ? Text($" of {all}") : "")}, {findings.Count(finding => finding.IsOpen)} open, {findings.Count(finding => finding.IsOverdue(now))} overdue.")).ToString();
    }

    public static string Json(IReadOnlyList<FollowUp> findings, DateTimeOffset now) => JsonSerializer.Serialize(
        findings.Select(finding => new
        {
            finding.Id,
            State = finding.IsOpen ? "open" : "closed",
            IsOverdue = finding.IsOverdue(now),
            finding.Severity,
            finding.Owner,
            finding.Due,
            finding.Text,
            Run = finding.RunId,
            finding.ShownAt,
            Experiment = finding.ExperimentId,
            finding.ExperimentName,
            finding.Parameters,
            finding.System,
            finding.Environment,
            finding.ProvedBy,
            finding.ClosesItself,
            finding.OpenedAt,
            finding.OpenedBy,
            finding.Proof,
            History = finding.History.Select(happened => new { happened.At, What = happened.Kind, Run = happened.RunId, By = happened.Person, happened.Why }),
        }),
        Options);

    /// <summary>When it is due, and how that stands.</summary>
    public static string Due(FollowUp finding, DateTimeOffset now) => Text($"due {finding.Due:yyyy-MM-dd}{(finding.IsOverdue(now) ? $", {Count(finding.DaysLate(now), "day", "days")} late" : "")}");

    private static void Write(StringBuilder text, FollowUp finding, DateTimeOffset now)
    {
        Line(text, $"{finding.Id}  {(finding.IsOpen ? finding.IsOverdue(now) ? "overdue" : "open" : "closed")}, {finding.Severity.ToString().ToLowerInvariant()}, {finding.Owner}, {Due(finding, now)}");
        Line(text, $"    {finding.Text}");
        Line(text, $"    {finding.System} in {finding.Environment}: {finding.ExperimentName}, run {finding.RunId}{(finding.ProvedBy == finding.ExperimentId ? "" : $"; proved by {finding.ProvedBy}")}");
        foreach (var happened in finding.History)
        {
            Line(text, $"    {happened}");
        }

        if (finding.Proof is { } proof)
        {
            Line(text, $"    proved by run {proof}: chaos findings close {finding.Id} --run {proof}");
        }
    }

    private static void Line(StringBuilder text, string line) => text.Append(TerminalText.Of(line)).AppendLine();

    private static string Count(long count, string one, string many) => Text($"{count:#,##0} {(count == 1 ? one : many)}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
