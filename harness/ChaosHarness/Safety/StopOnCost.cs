using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

internal sealed record StopOnCost(decimal PerMinute, decimal Most, string? Signal) : StopCondition
{
    internal override string Name => Signal is null ? "cost of the outage" : $"cost of the outage of {Signal}";

    internal override string? Source => Signal;

    // Time without service since the first fault, a weakness included, however it is spread: a minute in which half are served costs half. An outage of a
    // system that is faster than the real one is that much shorter than the real one would be.
    internal override ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken)
    {
        var history = context.History;
        var struck = history.Faults.Min(fault => fault.Injected?.Start);
        if ((Signal ?? history.Signal) is not { } signal || struck is not { } began)
        {
            return ValueTask.FromResult(new StopReading(Value: 0, Limit: (double)Most));
        }

        var tally = history.Of(signal).TallyOf(new TimeWindow(began, history.Until));
        var unserved = tally.Decided == 0 ? 0 : (history.Until - began).TotalMinutes * tally.Bad / tally.Decided;
        var cost = PerMinute * (decimal)(unserved * history.Speed);
        return ValueTask.FromResult(new StopReading(
            cost >= Most ? string.Create(CultureInfo.InvariantCulture, $"the outage has cost {cost:0.##} at {PerMinute:0.##} a minute, and {Most:0.##} is the most") : null,
            (double)cost,
            (double)Most));
    }
}
