using System.Globalization;
using ChaosHarness.Experiments;
using ChaosHarness.Measurement;
using ChaosHarness.Systems;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>Constraints on one circuit breaker.</summary>
/// <param name="name">The breaker, named by its signals.</param>
public sealed class Breaker(string name)
{
    /// <summary>Names the breaker.</summary>
    /// <param name="name">As in its signals.</param>
    /// <returns>What can be said of it.</returns>
    public static Breaker Named(string name) => new(name);

    /// <summary>It opened, for certain, within a time of the injection.</summary>
    /// <param name="time">Such as <c>3s</c>.</param>
    /// <returns>The constraint.</returns>
    public ResultConstraint OpenedWithin(string time) => On(
        $"opened within {time}",
        behaviour => behaviour.TimeToOpen?.ToString() ?? "not opened",
        behaviour => behaviour.TimeToOpen?.AtMost(DurationText.Parse(time)) ?? false);

    /// <summary>It closed for good, for certain, within a time of the revert.</summary>
    /// <param name="time">Such as <c>3s</c>.</param>
    /// <returns>The constraint.</returns>
    public ResultConstraint ClosedWithin(string time) => On(
        $"closed within {time} of the revert",
        behaviour => behaviour.TimeToClose?.ToString() ?? "not closed",
        behaviour => behaviour.TimeToClose?.AtMost(DurationText.Parse(time)) ?? false);

    /// <summary>It kept at least so many calls off the dependency.</summary>
    /// <param name="calls">At least 1.</param>
    /// <returns>The constraint.</returns>
    public ResultConstraint KeptOff(long calls) => On(
        string.Create(CultureInfo.InvariantCulture, $"kept at least {calls} calls off"),
        behaviour => behaviour.KeptOff.ToString(CultureInfo.InvariantCulture),
        behaviour => behaviour.KeptOff >= calls);

    /// <summary>It let at most so many calls through while it was open or half open.</summary>
    /// <param name="calls">At least 0.</param>
    /// <returns>The constraint.</returns>
    public ResultConstraint LetThroughAtMost(long calls) => On(
        string.Create(CultureInfo.InvariantCulture, $"let at most {calls} calls through"),
        behaviour => behaviour.LetThrough.ToString(CultureInfo.InvariantCulture),
        behaviour => behaviour.LetThrough <= calls);

    /// <summary>It went from closed to open, tried again any number of times, and ended closed.</summary>
    /// <returns>The constraint.</returns>
    public ResultConstraint OpenedAndClosedAgain() => On("opened, tried and closed again", behaviour => behaviour.ToString(), IsOneEpisode);

    /// <summary>It changed its state at most so often: a breaker that flaps with its dependency protects neither side.</summary>
    /// <param name="transitions">At least 0.</param>
    /// <returns>The constraint.</returns>
    public ResultConstraint ChangedAtMost(int transitions) => On(
        string.Create(CultureInfo.InvariantCulture, $"changed its state at most {transitions} times"),
        behaviour => string.Create(CultureInfo.InvariantCulture, $"{behaviour.Transitions}: {behaviour}"),
        behaviour => behaviour.Transitions <= transitions);

    private static bool IsOneEpisode(BreakerBehaviour behaviour)
    {
        var states = behaviour.Sequence;
        return states is [BreakerState.Closed, BreakerState.Open, .., BreakerState.HalfOpen, BreakerState.Closed]
            && states.Skip(1).SkipLast(1).Where((_, i) => i % 2 == 0).All(state => state == BreakerState.Open)
            && states.Skip(1).SkipLast(1).Where((_, i) => i % 2 == 1).All(state => state == BreakerState.HalfOpen);
    }

    private MeasurementConstraint On(string description, Func<BreakerBehaviour, string> show, Func<BreakerBehaviour, bool> isMet) => new(
        $"breaker {name} {description}",
        measured => Find(measured) is { } behaviour ? show(behaviour) : "the breaker said nothing",
        measured => Find(measured) is { } behaviour && isMet(behaviour));

    private BreakerBehaviour? Find(Measurements measured) => measured.Breakers.FirstOrDefault(breaker => breaker.Breaker == name);
}
