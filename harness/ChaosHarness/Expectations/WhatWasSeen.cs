using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>What the signals of an expectation saw that was not good, the most frequent first: why it was missed, more often than not.</summary>
internal static class WhatWasSeen
{
    public static IReadOnlyList<string> In(History history, IReadOnlyList<string> needs)
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
