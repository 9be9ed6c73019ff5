using ChaosHarness.Experiments;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What people did in a run, told apart by how the timeline tells it.</summary>
internal static class PersonWords
{
    private const string Decided = "decided: ";
    private const string Done = "done: ";

    public static IReadOnlyList<TimelineEvent> DecisionsOf(RunRecord run) => [.. Of(run).Where(IsDecision)];

    /// <summary>What they noted: what is neither a go, nor a decision, nor that somebody came or left.</summary>
    public static IReadOnlyList<TimelineEvent> NotesOf(RunRecord run) => [.. Of(run).Where(happened => !IsDecision(happened) && !IsGo(happened) && !IsPresence(happened))];

    public static IReadOnlyList<TimelineEvent> GoesOf(RunRecord run) => [.. Of(run).Where(IsGo)];

    public static IReadOnlyList<TimelineEvent> PresenceOf(RunRecord run) => [.. Of(run).Where(IsPresence)];

    private static IEnumerable<TimelineEvent> Of(RunRecord run) => run.Timeline.Where(happened => happened.Kind == TimelineKind.Person);

    private static bool IsDecision(TimelineEvent happened) => Begins(happened, Decided) || Begins(happened, Done);

    private static bool IsGo(TimelineEvent happened) => Begins(happened, "gave the go") || Begins(happened, "refused the go");

    private static bool IsPresence(TimelineEvent happened) => happened.Detail is "came" or "left" || Begins(happened, "came: ") || Begins(happened, "left: ");

    private static bool Begins(TimelineEvent happened, string with) => happened.Detail.StartsWith(with, StringComparison.Ordinal);
}
