
namespace ChaosHarness.Safety;

/// <summary>What ends an experiment early: it is then halted and reverted. Looked at four times a second while anything is injected.</summary>
public abstract record StopCondition
{
    /// <summary>Halts when a function gives a reason.</summary>
    /// <param name="why">Gives the reason, or null to go on; a thrown exception halts too.</param>
    /// <returns>The condition.</returns>
    public static StopCondition When(Func<CancellationToken, ValueTask<string?>> why) => new StopWhen(why);

    /// <summary>Halts when a signal's availability over a time falls below a share.</summary>
    /// <param name="source">The name of a probe or workload of the experiment.</param>
    /// <param name="ratio">0 to 1.</param>
    /// <param name="over">The time looked back on, such as <c>10s</c>; nothing is judged before it has passed.</param>
    /// <returns>The condition.</returns>
    /// <exception cref="FormatException">The time cannot be read.</exception>
    public static StopCondition AvailabilityBelow(string source, double ratio, string over) =>
        new StopOnAvailability(source, ratio, Timing.DurationText.Parse(over));

    internal virtual string? Source => null;

    internal abstract ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken);

    private sealed record StopWhen(Func<CancellationToken, ValueTask<string?>> Why) : StopCondition
    {
        internal override ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken) => Why(cancellationToken);
    }
}
