using System.Globalization;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

internal sealed record StopOnErrorBudget(string Signal, long Budget) : StopCondition
{
    internal override string Name => $"error budget of {Signal}";

    internal override string? Source => Signal;

    // From the first fault on, a weakness included: what users bear of this run, whatever it is called.
    internal override ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken)
    {
        var history = context.History;
        if (history.Faults.Min(fault => fault.Injected?.Start) is not { } struck)
        {
            return ValueTask.FromResult(new StopReading(Value: 0, Limit: Budget));
        }

        var bad = history.Of(Signal).TallyOf(new TimeWindow(struck, history.Until)).Bad;
        return ValueTask.FromResult(new StopReading(
            bad >= Budget ? string.Create(CultureInfo.InvariantCulture, $"{bad} requests of {Signal} were not answered well, and the error budget of this run is {Budget}") : null,
            bad,
            Budget));
    }
}
