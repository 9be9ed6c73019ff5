using System.Globalization;
using ChaosHarness.Faults;

namespace ChaosHarness.Schedules;

internal sealed class RepeatedStep(Schedule what, int count, StepTime pause) : Schedule
{
    public override string Description => string.Create(CultureInfo.InvariantCulture, $"{what.Description}, {count} times, {pause} apart");

    public override IReadOnlyList<Fault> Faults => what.Faults;

    internal override IReadOnlyList<string> Mistakes =>
    [
        .. count < 1 ? [string.Create(CultureInfo.InvariantCulture, $"Times: '{what.Description}' has to happen at least once, not {count} times.")] : Array.Empty<string>(),
        .. pause.Mistake is { } mistake ? [mistake] : Array.Empty<string>(),
        .. what.EndsByItself ? Array.Empty<string>() : [$"Times: '{what.Description}' does not end before it would strike again; add For(\"1s\") or so before Times."],
        .. what.Mistakes,
    ];

    internal override bool EndsByItself => what.EndsByItself;

    internal override IEnumerable<Schedule> Strikes => Enumerable.Repeat(what, Math.Max(count, 0)).SelectMany(step => step.Strikes);

    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            if (i > 0)
            {
                planned += pause.Value;
                await run.UntilAsync(run.Now + pause.Value, cancellationToken).ConfigureAwait(false);
            }

            planned = (await what.RunAsync(run, planned, context, cancellationToken).ConfigureAwait(false)).Planned;
        }

        return new StepEnd([], planned);
    }
}
