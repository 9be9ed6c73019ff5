using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Timing;

namespace ChaosHarness.Safety;

internal sealed record StopAbove<T>(IChecker<T> Checker, Func<T, double?> Read, double Most, TimeSpan Lasting) : StopCondition
    where T : Finding
{
    internal override string Name => Checker.Name;

    internal override string? Source => Checker.Needs is [var source, ..] ? source : null;

    internal override Func<StopContext, CancellationToken, ValueTask<StopReading>> Begin()
    {
        TimeSpan? since = null;
        return (context, _) =>
        {
            var history = context.History;
            var value = history.Injection is null ? null : Read(Checker.Check(history));
            since = value > Most ? since ?? history.Until : null;
            return ValueTask.FromResult(new StopReading(
                since is { } began && history.Until - began >= Lasting ? string.Create(CultureInfo.InvariantCulture, $"{Checker.Name} was {value:0.###}, more than {Most:0.###}{(Lasting > TimeSpan.Zero ? $", for {DurationText.Format(Lasting)}" : "")}") : null,
                value,
                Most));
        };
    }

    // Whoever is asked without a run has none to remember.
    internal override ValueTask<StopReading> ReadAsync(StopContext context, CancellationToken cancellationToken) => Begin()(context, cancellationToken);
}
