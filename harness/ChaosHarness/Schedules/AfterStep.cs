using ChaosHarness.Faults;
using ChaosHarness.Histories;
using ChaosHarness.Systems;

namespace ChaosHarness.Schedules;

/// <summary>Something that begins once the system has said something; where it says it of one of several components, on that one.</summary>
internal sealed class AfterStep(SignalMatch signal, IReadOnlyList<(string? Source, Schedule What)> candidates, StepTime delay) : Schedule
{
    public override string Description => $"{string.Join(" or ", candidates.Select(candidate => candidate.What.Description))} after {Awaited}";

    public override IReadOnlyList<Fault> Faults => [.. candidates.SelectMany(candidate => candidate.What.Faults)];

    internal override IReadOnlyList<string> Mistakes =>
    [
        .. candidates.Count == 0 ? [$"After {signal}: there is nothing that could strike, the list of components is empty."] : Array.Empty<string>(),
        .. delay.Mistake is { } mistake ? [mistake] : Array.Empty<string>(),
        .. candidates.SelectMany(candidate => candidate.What.Mistakes),
    ];

    internal override bool EndsByItself => candidates.All(candidate => candidate.What.EndsByItself);

    // Which of its faults it will be is not known before the signal has come: then they are to strike on their own.
    internal override IEnumerable<Schedule> Strikes => [this];

    private string Awaited => candidates.Any(candidate => candidate.Source is not null) ? $"{signal} of {string.Join(", ", candidates.Select(candidate => candidate.Source))}" : signal.ToString();

    public static AfterStep Among<T>(SignalMatch signal, IReadOnlyList<T> among, Func<T, Fault> fault, StepTime delay)
        where T : IComponent
    {
        ArgumentNullException.ThrowIfNull(among);
        ArgumentNullException.ThrowIfNull(fault);
        return new AfterStep(signal, [.. among.Select(component => ((string?)component.Component.Name, MistakenStep.Unless(() => fault(component), $"After {signal} of {component.Component.Name}")))], delay);
    }

    internal override async Task<StepEnd> RunAsync(ScheduleRun run, TimeSpan planned, StepContext context, CancellationToken cancellationToken)
    {
        var came = await run.SignalAsync(IsAwaited, planned, cancellationToken).ConfigureAwait(false);
        var what = candidates.First(candidate => candidate.Source is null || candidate.Source == came.Source).What;
        var at = came.Latest + delay.Value;
        await run.UntilAsync(at, cancellationToken).ConfigureAwait(false);
        run.Struck(this, what.Strikes);
        await run.LookAgainAsync(what.Faults, cancellationToken).ConfigureAwait(false);
        return await what.RunAsync(run, at, context, cancellationToken).ConfigureAwait(false);
    }

    internal override string WhyNotStruck(ScheduleRun run) => run.HasSeen(IsAwaited) ? base.WhyNotStruck(run) : $"no {Awaited} came";

    private bool IsAwaited(SignalEvent said) =>
        signal.Matches(said.Kind, said.Source, said.Detail) && candidates.Any(candidate => candidate.Source is null || candidate.Source == said.Source);
}
