using System.Globalization;
using System.Runtime.CompilerServices;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

/// <summary>
/// What ends an experiment early: it is then halted and reverted. Looked at four times a second while anything is injected. One that cannot
/// be evaluated three times running, because it throws or does not answer, halts too.
/// </summary>
public abstract record StopCondition
{
    /// <summary>Halts when a function gives a reason.</summary>
    /// <param name="why">Gives the reason, or null to go on.</param>
    /// <param name="name">What it watches, for messages.</param>
    /// <returns>The condition.</returns>
    public static StopCondition When(Func<CancellationToken, ValueTask<string?>> why, string name = "a function") => new StopWhen(why, name);

    /// <summary>Halts when a function gives a reason.</summary>
    /// <param name="why">Gives the reason, or null to go on.</param>
    /// <param name="name">What it watches, for messages.</param>
    /// <returns>The condition.</returns>
    [OverloadResolutionPriority(-1)]
    public static StopCondition When(Func<CancellationToken, Task<string?>> why, string name = "a function") => new StopWhen(token => new ValueTask<string?>(why(token)), name);

    /// <summary>Halts when a signal's availability over a time falls below a share. What is overdue and unanswered is not available.</summary>
    /// <param name="source">The name of a probe or workload of the experiment.</param>
    /// <param name="ratio">0 to 1, read as it is written.</param>
    /// <param name="over">The time looked back on, such as <c>10s</c>; nothing is judged before it has passed since the first fault.</param>
    /// <returns>The condition.</returns>
    public static StopCondition AvailabilityBelow(string source, double ratio, string over) => AvailabilityBelow(
        source,
        Percentage.TryFrom(ratio, out var least) ? least : null,
        string.Create(CultureInfo.InvariantCulture, $"StopWhen: an availability is 0 to 1, not {ratio}. Write 0.5 or \"50%\"."),
        over);

    /// <summary>Halts when a signal's availability over a time falls below a share. What is overdue and unanswered is not available.</summary>
    /// <param name="source">The name of a probe or workload of the experiment.</param>
    /// <param name="percentage">Such as <c>50%</c>.</param>
    /// <param name="over">The time looked back on, such as <c>10s</c>; nothing is judged before it has passed since the first fault.</param>
    /// <returns>The condition.</returns>
    public static StopCondition AvailabilityBelow(string source, string percentage, string over) =>
        AvailabilityBelow(source, Percentage.TryParse(percentage, out var least) ? least : null, $"StopWhen: {Percentage.Mistake(percentage)}", over);

    /// <summary>What is wrong with how it was written; null when nothing is. The experiment is not built then.</summary>
    internal string? Mistake { get; init; }

    internal abstract string Name { get; }

    internal virtual string? Source => null;

    internal abstract ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken);

    private static StopOnAvailability AvailabilityBelow(string source, Percentage? least, string mistake, string over)
    {
        var isDuration = DurationText.TryParse(over, out var time);
        return new StopOnAvailability(source, least ?? default, time)
        {
            Mistake = least is null ? mistake : isDuration && time > TimeSpan.Zero ? null : DurationText.Mistake("StopWhen", over),
        };
    }

    private sealed record StopWhen(Func<CancellationToken, ValueTask<string?>> Why, string Watches) : StopCondition
    {
        internal override string Name => Watches;

        internal override ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken) => Why(cancellationToken);
    }
}
