using System.Globalization;

namespace ChaosHarness.Ledger.FollowUps;

/// <summary>A finding in the columns of the database.</summary>
internal sealed class FollowUpRow
{
    public const string Selection = """
        follow_up_no AS "Number", run_id AS "RunId", shown_at AS "ShownAt", experiment_id AS "ExperimentId", experiment_name AS "ExperimentName", parameters AS "Parameters", system AS "System", environment AS "Environment",
        what AS "What", severity AS "Severity", owner AS "Owner", due AS "Due", proved_by AS "ProvedBy", closes_itself AS "ClosesItself", opened_at AS "OpenedAt", opened_by AS "OpenedBy"
        """;

    public const string DueForm = "yyyy-MM-dd";

    public long Number { get; set; }

    public string RunId { get; set; } = "";

    public long ShownAt { get; set; }

    public string ExperimentId { get; set; } = "";

    public string ExperimentName { get; set; } = "";

    public string Parameters { get; set; } = "";

    public string System { get; set; } = "";

    public string Environment { get; set; } = "";

    public string What { get; set; } = "";

    public string Severity { get; set; } = "";

    public string Owner { get; set; } = "";

    public string Due { get; set; } = "";

    public string ProvedBy { get; set; } = "";

    public long ClosesItself { get; set; }

    public long OpenedAt { get; set; }

    public string OpenedBy { get; set; } = "";

    // What somebody changed by hand is shown as the worst that it may be, and named by who verifies.
    public FollowUp ToFollowUp(IReadOnlyList<FollowUpEvent> history) => new()
    {
        Number = Number,
        RunId = RunId,
        ShownAt = DateTimeOffset.FromUnixTimeMilliseconds(ShownAt),
        ExperimentId = ExperimentId,
        ExperimentName = ExperimentName,
        Parameters = Parameters,
        System = System,
        Environment = Environment,
        Text = What,
        Severity = Enum.TryParse<FollowUpSeverity>(Severity, out var severity) ? severity : FollowUpSeverity.High,
        Owner = Owner,
        Due = DateOnly.TryParseExact(Due, DueForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var due) ? due : DateOnly.MinValue,
        ProvedBy = ProvedBy,
        ClosesItself = ClosesItself != 0,
        OpenedAt = DateTimeOffset.FromUnixTimeMilliseconds(OpenedAt),
        OpenedBy = OpenedBy,
        History = history,
    };
}
