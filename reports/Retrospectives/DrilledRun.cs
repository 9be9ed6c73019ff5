using ChaosHarness.Experiments;
using ChaosHarness.Ledger.FollowUps;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>A run that is over, and what people have to mend since.</summary>
/// <param name="Record">Its record.</param>
/// <param name="FollowUps">All findings of the ledger; null when it could not be asked.</param>
/// <param name="WhyNoLedger">Why it could not; null when it could.</param>
/// <param name="Now">The wall clock.</param>
internal sealed record DrilledRun(RunRecord Record, IReadOnlyList<FollowUp>? FollowUps, string? WhyNoLedger, DateTimeOffset Now)
{
    /// <summary>Its times.</summary>
    public RunTimes Times { get; } = new(Record);

    /// <summary>The findings that it showed.</summary>
    public IEnumerable<FollowUp> Shown => FollowUps?.Where(finding => finding.RunId == Record.RunId) ?? [];

    /// <summary>Whether people took part: they were asked for the go, or said anything.</summary>
    public static bool IsAttended(RunRecord record) => record.Go is not null || record.Timeline.Any(happened => happened.Kind == TimelineKind.Person);
}
