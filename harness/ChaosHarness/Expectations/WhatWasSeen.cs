using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>What the signals of an expectation saw that was not good, the most frequent first: why it was missed, more often than not.</summary>
internal static class WhatWasSeen
{
    /// <summary>Adds to a verdict what its signals saw; where a recovery was waited for in vain, also what was broken all the while.</summary>
    public static Verdict AddTo(Verdict verdict, History history, IReadOnlyList<string> needs) => verdict with { Seen = [.. StillBroken(verdict, history), .. In(history, needs)] };

    private static IReadOnlyList<string> StillBroken(Verdict verdict, History history)
    {
        if (verdict is { Met: true } or not { Decisive: { Name: FigureNames.RecoveryTime, IsKnown: true, IsBounded: false } })
        {
            return [];
        }

        var open = history.AtCut.Faults.Where(fault => fault is { IsWeakness: false, Injected: not null, Reverted: null }).Select(fault => $"'{fault.Name}'").ToList();
        return open.Count == 0 ? [] : [$"{string.Join(", ", open)} {(open.Count == 1 ? "was" : "were")} in force to the end (a system that heals only without it needs .For(...))"];
    }

    private static IReadOnlyList<string> In(History history, IReadOnlyList<string> needs)
    {
        var atCut = history.AtCut;
        var window = history.Disaster ?? new TimeWindow(TimeSpan.Zero, atCut.Until);
        IReadOnlyList<string> sources = needs.Count > 0 ? needs : history.Signal is { } signal ? [signal] : [];
        return [.. sources.Select(atCut.Find).OfType<Operations>().SelectMany(operations => Of(operations, window, isOneOfSeveral: sources.Count > 1))];
    }

    /// <summary>In a time of its own, by what is known now.</summary>
    public static string Between(History history, IEnumerable<string> sources, TimeWindow window)
    {
        var named = sources.Distinct(StringComparer.Ordinal).ToList();
        var seen = named.SelectMany(source => Of(history.Of(source), window, isOneOfSeveral: named.Count > 1)).ToList();
        return seen.Count == 0 ? "" : $" ({string.Join(", ", seen)})";
    }

    private static IEnumerable<string> Of(Operations operations, TimeWindow window, bool isOneOfSeveral)
    {
        var due = operations.ShareOf(window).Due;
        var prefix = isOneOfSeveral ? operations.Source + ": " : "";
        return operations.Details(window).Select(seen => string.Create(CultureInfo.InvariantCulture, $"{prefix}{seen.Count} of {due}: {seen.Detail}"));
    }
}
