using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Breakers;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Expects something of one circuit breaker.</summary>
public sealed class Breaker
{
    private const string SaidNothing = "the breaker said nothing";
    private readonly string _name;
    private readonly BreakerChecker _checker;

    private Breaker(string name) => (_name, _checker) = (name, new BreakerChecker(name));

    /// <summary>Names the breaker.</summary>
    /// <param name="name">As in its signals.</param>
    /// <returns>What can be expected of it.</returns>
    public static Breaker Named(string name) => new(name);

    /// <summary>It opens, for certain, within a time of the first strike.</summary>
    /// <param name="time">Such as <c>3s</c>.</param>
    /// <returns>The expectation.</returns>
    public Expectation OpenedWithin(string time)
    {
        var limit = TimeLimit.Parse("Breaker.OpenedWithin", time);
        return Expect(
            $"opened within {limit.Text}",
            (behaviour, finding) => Held.Within(
                behaviour?.TimeToOpen,
                behaviour is null ? SaidNothing : behaviour.TimeToOpen?.ToString() ?? $"not opened: {behaviour}",
                limit.Time,
                FigureOf(finding, FigureNames.BreakerTimeToOpen) ?? NotFound(FigureNames.BreakerTimeToOpen)),
            limit.Mistake);
    }

    /// <summary>It closes for good, for certain, within a time of the way back; one that has closed before is in time.</summary>
    /// <param name="time">Such as <c>3s</c>.</param>
    /// <returns>The expectation.</returns>
    public Expectation ClosedWithin(string time)
    {
        var limit = TimeLimit.Parse("Breaker.ClosedWithin", time);
        return Expect(
            $"closed within {limit.Text} of the revert",
            (behaviour, finding) => Held.Within(
                behaviour?.TimeToClose,
                behaviour is null ? SaidNothing : ClosedWords(behaviour),
                limit.Time,
                FigureOf(finding, FigureNames.BreakerTimeToClose) ?? NotFound(FigureNames.BreakerTimeToClose)),
            limit.Mistake);
    }

    /// <summary>It keeps at least so many calls off the dependency, for certain.</summary>
    /// <param name="calls">At least 1.</param>
    /// <returns>The expectation.</returns>
    public Expectation KeptOff(long calls) => Expect(
        string.Create(CultureInfo.InvariantCulture, $"kept at least {calls} calls off"),
        (behaviour, finding) => Held.AtLeast(behaviour?.KeptOff?.Lower, CallWords(behaviour, behaviour?.KeptOff), calls, FigureOf(finding, FigureNames.BreakerKeptOff)));

    /// <summary>It lets at most so many calls through while it is open or half open, for certain.</summary>
    /// <param name="calls">At least 0.</param>
    /// <returns>The expectation.</returns>
    public Expectation LetThroughAtMost(long calls) => Expect(
        string.Create(CultureInfo.InvariantCulture, $"let at most {calls} calls through"),
        (behaviour, finding) => Held.AtMost(behaviour?.LetThrough?.Upper, CallWords(behaviour, behaviour?.LetThrough), calls, FigureOf(finding, FigureNames.BreakerLetThrough)));

    /// <summary>It goes from closed to open, tries again any number of times, and ends closed.</summary>
    /// <returns>The expectation.</returns>
    public Expectation OpenedAndClosedAgain() => Expect(
        "opened, tried and closed again",
        (behaviour, _) => new Judgement(behaviour is not null && IsOneEpisode(behaviour.Sequence), behaviour?.ToString() ?? SaidNothing));

    /// <summary>It changes its state at most so often: one that flaps with its dependency protects neither side. One that says nothing changes nothing.</summary>
    /// <param name="changes">At least 0.</param>
    /// <returns>The expectation.</returns>
    public Expectation ChangedAtMost(int changes)
    {
        return Expect(string.Create(CultureInfo.InvariantCulture, $"changed its state at most {changes} times"), Judge);

        Judgement Judge(BreakerBehaviour? behaviour, BreakersFinding finding) => (behaviour, finding.IsListenedTo) switch
        {
            ({ } known, _) => Held.AtMost(known.Changes, string.Create(CultureInfo.InvariantCulture, $"{known.Changes}: {known}"), changes, FigureOf(finding, FigureNames.BreakerChanges)),
            (null, true) => Held.AtMost(0, "0: " + SaidNothing, changes, Figure.Exact(FigureNames.BreakerChanges, _name, Unit.Count, 0)),
            _ => new Judgement(false, "unknown: nobody listens to what the system says of itself. Give it a source of signals."),
        };
    }

    private static bool IsOneEpisode(IReadOnlyList<BreakerState> states) =>
        states is [BreakerState.Closed, BreakerState.Open, .., BreakerState.HalfOpen, BreakerState.Closed]
        && states.Skip(1).SkipLast(1).Where((_, i) => i % 2 == 0).All(state => state == BreakerState.Open)
        && states.Skip(1).SkipLast(1).Where((_, i) => i % 2 == 1).All(state => state == BreakerState.HalfOpen);

    private static string ClosedWords(BreakerBehaviour behaviour) => behaviour switch
    {
        { ClosedBeforeRevert: true } => "closed before anything was undone",
        { TimeToClose: { Upper: not null } bounds } => bounds.ToString(),
        { TimeToClose: { Lower: var lower } } => $"not closed after {DurationText.Format(lower)}: {behaviour}",
        { Sequence: [.., BreakerState.Closed] } => $"it had not opened: {behaviour}",
        _ => $"not closed, and nothing was undone: {behaviour}",
    };

    private static string CallWords(BreakerBehaviour? behaviour, CallCount? calls) =>
        behaviour is null ? SaidNothing : calls is { } known ? $"{known}: {behaviour}" : $"unknown, it said too little: {behaviour}";

    private Figure? FigureOf(BreakersFinding finding, string name) => Held.FigureOf(finding, name, _name);

    private Figure NotFound(string name) => new(name, _name, Unit.Seconds, null, null);

    private Expectation Expect(string what, Func<BreakerBehaviour?, BreakersFinding, Judgement> judge, string? mistake = null) =>
        Expectation.Of(_checker, $"breaker {_name} {what}", finding => judge(finding.Find(_name), finding)).WithMistakes(mistake);
}
