using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Reports.Papers;

namespace ChaosHarness.Reports.Retrospectives;

/// <summary>What mattered, in order.</summary>
internal static class TimelineTable
{
    /// <summary>How many rows there are at most.</summary>
    public const int MostRows = 300;

    public static PaperBlock Of(DrilledRun drilled)
    {
        var (all, times) = (drilled.Record.Timeline, drilled.Times);
        if (all.Count == 0)
        {
            return new Words($"What happened: {PaperCell.NotRecorded}{(drilled.Record.Interrupted ? ", as the process ended before the run did" : "")}.");
        }

        var shown = Shown(all);
        return new Grid(
            shown.Count < all.Count ? string.Create(CultureInfo.InvariantCulture, $"What happened: {shown.Count:#,##0} of {all.Count:#,##0} events; the journal has all") : null,
            ["UTC", $"t {times.Zero}", "What", "Who", "Detail"],
            [.. shown.Select(happened => (IReadOnlyList<PaperCell>)[times.Utc(happened.At), times.Since(happened.At), WhatOf(happened.Kind), happened.Source, happened.Detail])]);
    }

    /// <summary>A list of what people did, or of halts.</summary>
    public static Points List(IEnumerable<TimelineEvent> events, RunTimes times) => new([.. events.Select(happened => $"{times.Utc(happened.At)} UTC ({times.Since(happened.At)}) {happened.Source}: {happened.Detail}")]);

    // What flaps may fill the whole of it: the course of the run and what people did come first.
    private static List<TimelineEvent> Shown(IReadOnlyList<TimelineEvent> all)
    {
        var chosen = all.Index().OrderBy(entry => IsOfTheCourse(entry.Item.Kind) ? 0 : 1).ThenBy(entry => entry.Index).Take(MostRows);
        return [.. chosen.OrderBy(entry => entry.Index).Select(entry => entry.Item)];
    }

    private static bool IsOfTheCourse(TimelineKind kind) => kind is not (TimelineKind.Breaker or TimelineKind.Detection or TimelineKind.Recovery or TimelineKind.Note);

    private static string WhatOf(TimelineKind kind) => kind switch
    {
        TimelineKind.Phase => "step",
        TimelineKind.Injection => "fault",
        TimelineKind.Revert => "undoing",
        TimelineKind.Detection => "noticed",
        TimelineKind.Recovery => "well again",
        TimelineKind.Breaker => "breaker",
        TimelineKind.Promotion => "promotion",
        TimelineKind.Halt => "halt",
        TimelineKind.Person => "person",
        _ => "note",
    };
}
