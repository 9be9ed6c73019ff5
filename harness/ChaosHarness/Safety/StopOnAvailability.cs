using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

internal sealed record StopOnAvailability(string Signal, Percentage Least, TimeSpan Over) : StopCondition
{
    internal override string Name => $"availability of {Signal}";

    internal override string? Source => Signal;

    internal override ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new AvailabilityOver(Signal, Over).In(context.History) is { } share && !share.IsAtLeast(Least)
            ? $"availability of {Signal} was {share} over the last {DurationText.Format(Over)}"
            : null);
}
