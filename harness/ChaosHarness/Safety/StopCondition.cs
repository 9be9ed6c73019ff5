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

    /// <summary>Halts when a signal's availability over a time falls below a share.</summary>
    /// <param name="source">The name of a probe or workload of the experiment.</param>
    /// <param name="ratio">0 to 1.</param>
    /// <param name="over">The time looked back on, such as <c>10s</c>; nothing is judged before it has passed.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="FormatException">The time cannot be read.</exception>
    public static StopCondition AvailabilityBelow(string source, double ratio, string over) =>
        new StopOnAvailability(source, ratio, DurationText.Parse(over));

    internal abstract string Name { get; }

    internal virtual string? Source => null;

    internal abstract ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken);

    private sealed record StopWhen(Func<CancellationToken, ValueTask<string?>> Why, string Watches) : StopCondition
    {
        internal override string Name => Watches;

        internal override ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken) => Why(cancellationToken);
    }
}
