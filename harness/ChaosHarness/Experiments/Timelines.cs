using ChaosHarness.Histories;
using ChaosHarness.Systems;

namespace ChaosHarness.Experiments;

/// <summary>Tells a history as a list of events.</summary>
internal static class Timelines
{
    public static IReadOnlyList<TimelineEvent> Of(History history) =>
    [
        .. history.Marks.Select(Of)
            .Concat(history.Signals.Select(signal => new TimelineEvent(signal.Latest, KindOf(signal.Kind), signal.Source, signal.Detail)))
            .Concat(history.Faults.SelectMany(Events))
            .OrderBy(entry => entry.At),
    ];

    public static TimelineEvent Of(Mark mark) => new(mark.At, KindOf(mark.Kind), mark.Source, Words(mark));

    private static IEnumerable<TimelineEvent> Events(FaultWindow fault)
    {
        if (fault.Injected is { } injected)
        {
            yield return new TimelineEvent(injected.Start, TimelineKind.Injection, fault.Name, "begins");
            yield return new TimelineEvent(injected.End, TimelineKind.Injection, fault.Name, "has taken effect");
        }

        if (fault.Reverted is { } reverted)
        {
            yield return new TimelineEvent(reverted.Start, TimelineKind.Revert, fault.Name, fault.End switch
            {
                FaultEnd.Superseded => "the system itself has ended it",
                FaultEnd.Gone => "is gone, and the harness did not take it away",
                _ => "revert begins",
            });
            yield return new TimelineEvent(reverted.End, TimelineKind.Revert, fault.Name, fault.End == FaultEnd.NotReverted ? "could not be reverted" : "reverted");
        }
    }

    private static string Words(Mark mark) => mark.Kind switch
    {
        MarkKind.Decided => "decided: " + mark.Detail,
        MarkKind.Acted => "done: " + mark.Detail,
        _ => mark.Detail,
    };

    private static TimelineKind KindOf(MarkKind kind) => kind switch
    {
        MarkKind.Phase => TimelineKind.Phase,
        MarkKind.Halt => TimelineKind.Halt,
        MarkKind.Person or MarkKind.Decided or MarkKind.Acted => TimelineKind.Person,
        _ => TimelineKind.Note,
    };

    private static TimelineKind KindOf(SignalKind kind) => kind switch
    {
        SignalKind.Detected => TimelineKind.Detection,
        SignalKind.Recovered => TimelineKind.Recovery,
        SignalKind.Promoted => TimelineKind.Promotion,
        SignalKind.Breaker => TimelineKind.Breaker,
        _ => TimelineKind.Note,
    };
}
