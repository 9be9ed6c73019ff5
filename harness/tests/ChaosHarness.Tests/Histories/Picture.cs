using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Histories;

/// <summary>Everything that a history says, so that two can be compared.</summary>
internal sealed class Picture
{
    private readonly List<Operation> _operations = [];
    private readonly List<Standing> _standings = [];
    private readonly List<object?> _others = [];

    public static Picture Of(History history)
    {
        var picture = new Picture();
        picture._others.AddRange([history.Until, history.Cut, history.Injection, history.FirstStrike, history.WayBack, history.AtCut.Until]);
        picture._others.AddRange(history.Signals);
        picture._others.AddRange(history.Faults);
        picture._others.AddRange(history.Marks);
        foreach (var operations in history.Sources)
        {
            picture.Add(operations);
        }

        return picture;
    }

    public void AssertSame(Picture other)
    {
        Assert.That(_others, Is.EqualTo(other._others));
        Assert.That(FirstDifference(_operations, other._operations), Is.Null);
        Assert.That(FirstDifference(_standings, other._standings), Is.Null);
    }

    private static string? FirstDifference<T>(List<T> these, List<T> those)
    {
        if (these.Count != those.Count)
        {
            return $"{these.Count} and {those.Count}";
        }

        var index = these.Zip(those).TakeWhile(pair => EqualityComparer<T>.Default.Equals(pair.First, pair.Second)).Count();
        return index == these.Count ? null : $"{these[index]} and {those[index]}";
    }

    private void Add(Operations operations)
    {
        _operations.AddRange(operations);
        _standings.AddRange(Enumerable.Range(0, operations.Count).Select(operations.StandingOf));
        _others.AddRange([operations.Source, operations.Count, operations.OverdueAfter, operations.ReadBack, operations.LastBad(operations.Count)]);
        foreach (var seconds in new[] { 0.05, 2, 10, 1e6 })
        {
            var window = new TimeWindow(operations.Until - TimeSpan.FromSeconds(seconds), operations.Until);
            _others.AddRange([operations.From(window.Start), operations.TallyOf(window)]);
            _others.AddRange(operations.Details(window).Cast<object>());
            _others.AddRange(LatencyDistribution.Of(operations, window).Buckets.Cast<object>());
        }
    }
}
