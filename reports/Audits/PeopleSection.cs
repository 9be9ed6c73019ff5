using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;
using ChaosHarness.Reports.Retrospectives;

namespace ChaosHarness.Reports.Audits;

/// <summary>Who took part, and who let what happen when.</summary>
internal static class PeopleSection
{
    public static IReadOnlyList<PaperBlock> Of(DrilledRun drilled)
    {
        var (run, times) = (drilled.Record, drilled.Times);
        return
        [
            Grid.OfFacts(
                ["Started by", run.Origin.StartedBy],
                ["Go given by", Headline.GoOf(run)],
                ["Go asked for at", run.Go is { } asked ? times.Utc(asked.Asked) + " UTC" : null],
                ["Go given at", run.Go switch { null => null, { } go when go.Given == go.Asked => "before the run began, when is not recorded", { } go => times.Utc(go.Given) + " UTC" }],
                ["Participants of the script", run.Script is { Participants: { Count: > 0 } people } ? string.Join("; ", people.Select(person => $"{person.Role}: {person.Name ?? "open"}")) : null],
                ["Who these people are", "as they said: names are not verified"]),
            List("Who came and left", PersonWords.PresenceOf(run), times),
            List("The go, as people said it", PersonWords.GoesOf(run), times),
            List("Halts", run.Timeline.Where(happened => happened.Kind == TimelineKind.Halt), times),
            .. DecisionSection.Of(drilled),
            List("Notes", PersonWords.NotesOf(run), times),
        ];
    }

    private static PaperBlock List(string title, IEnumerable<TimelineEvent> events, RunTimes times) => events.Any()
        ? new Grid(title, ["UTC", $"t {times.Zero}", "Who", "What"], [.. events.Take(TimelineTable.MostRows).Select(happened => (IReadOnlyList<PaperCell>)[times.Utc(happened.At), times.Since(happened.At), happened.Source, happened.Detail])])
        : new Words($"{title}: none recorded.");
}
