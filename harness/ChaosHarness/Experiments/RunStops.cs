using ChaosHarness.Checkers;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>The stop conditions of one run: what watches them, and how near each came to halting it.</summary>
internal sealed class RunStops(IReadOnlyList<StopCondition> conditions, RunClock clock, HaltLever lever, HistoryWriter history, TimeSpan limit)
{
    private readonly StopWatcher _watcher = new(clock, lever, [.. conditions.Select(condition => Check(condition, history))], limit);

    public IReadOnlyList<StopDistance> Distances => _watcher.Distances;

    /// <summary>How near each came: worth knowing of a run that was not halted. Of two of one name the nearer.</summary>
    public IEnumerable<RecordedFigure> Figures => Distances
        .Where(distance => distance.Worst is not null)
        .GroupBy(distance => Secrets.Mask(distance.Name), distance => distance.Worst!.Value)
        .Select(worst => new RecordedFigure(Figure.Exact(FigureNames.StopConditionUsed, worst.Key, Unit.Ratio, worst.Max())));

    public Task WatchAsync(CancellationToken stop) => _watcher.RunAsync(stop);

    private static StopCheck Check(StopCondition condition, HistoryWriter history)
    {
        var look = condition.Begin();
        return new StopCheck(condition.Name, token => look(new StopContext(history.Look()), token));
    }
}
