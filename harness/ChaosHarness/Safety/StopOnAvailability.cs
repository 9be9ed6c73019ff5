using ChaosHarness.Measurement;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

internal sealed record StopOnAvailability(string Signal, double Ratio, TimeSpan Over) : StopCondition
{
    internal override string Name => $"availability of {Signal}";

    internal override string? Source => Signal;

    internal override ValueTask<string?> WhyStopAsync(StopContext context, CancellationToken cancellationToken)
    {
        var from = context.Now - Over;
        if (from < context.InjectedAt)
        {
            return ValueTask.FromResult<string?>(null);
        }

        var availability = Availability.Measure(context.Since(Signal, from), new TimeWindow(from, context.Now));
        return ValueTask.FromResult(availability.Ratio < Ratio
            ? $"availability of {Signal} was {availability} over the last {DurationText.Format(Over)}"
            : null);
    }
}
