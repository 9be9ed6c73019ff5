using ChaosHarness.Checkers.Answers;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

internal sealed record StopOnAvailability(string Signal, Percentage Least, TimeSpan Over) : StopCondition
{
    internal override string Name => $"availability of {Signal}";

    internal override string? Source => Signal;

    internal override ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken) => ValueTask.FromResult(
        new AvailabilityOver(Signal, Over).In(context.History) is not { } share ? new StopReading()
            : new StopReading(
                share.IsAtLeast(Least) ? null : $"availability of {Signal} was {share} over the last {DurationText.Format(Over)}",
                1 - ((double)share.Good / share.Due),
                1 - (double)Least.Ratio));
}
