using System.Globalization;
using ChaosHarness.Checkers.Recovery;

namespace ChaosHarness.Safety;

internal sealed record StopOnCost(decimal PerMinute, decimal Most, string? Signal) : StopCondition
{
    internal override string Name => Signal is null ? "cost of the outage" : $"cost of the outage of {Signal}";

    internal override string? Source => Signal;

    // An outage of a system that is faster than the real one is that much shorter than the real one would be.
    internal override ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken)
    {
        var history = context.History;
        if (history.Injection is not { } injection)
        {
            return ValueTask.FromResult(new StopReading(Value: 0, Limit: (double)Most));
        }

        var finding = new RecoveryChecker(Signal).Check(history);
        var lasted = !finding.Interrupted ? TimeSpan.Zero : finding.Recovered ? finding.Actual.Upper ?? finding.Actual.Lower : history.Until - injection.Start;
        var cost = PerMinute * (decimal)(lasted.TotalMinutes * history.Speed);
        return ValueTask.FromResult(new StopReading(
            cost >= Most ? string.Create(CultureInfo.InvariantCulture, $"the outage has cost {cost:0.##} at {PerMinute:0.##} a minute, and {Most:0.##} is the most") : null,
            (double)cost,
            (double)Most));
    }
}
