using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Timing;
using ChaosHarness.Workloads;

namespace ChaosHarness.Experiments;

/// <summary>The open loops of one run: its workload and its probes.</summary>
internal sealed class Observers : IAsyncDisposable
{
    private readonly List<OpenLoopSource> _sources = [];

    public Observers(Experiment experiment, RunClock clock)
    {
        if (experiment.Load is { } load)
        {
            Load = new WorkloadRun(load, clock);
            _sources.Add(Load.Source);
        }

        foreach (var probe in experiment.Probes)
        {
            _sources.Add(new OpenLoopSource(clock, OpenLoopSettings.For(probe), (_, token) => probe.SampleAsync(token)));
        }

        foreach (var source in _sources)
        {
            source.Start();
        }
    }

    public WorkloadRun? Load { get; }

    public IReadOnlyList<ObservationSeries> Series =>
        [.. _sources.Select(source => new ObservationSeries(source.Name, source.ScheduleKept, source.Log.Settled()))];

    public IReadOnlyList<Observation> Since(string name, TimeSpan from) => Log(name).SettledSince(from);

    public IReadOnlyList<Observation> Settled(string name) => Log(name).Settled();

    /// <summary>
    /// Reads the conditions in the newest window of this length that is wholly known. The window ends at the last observation before
    /// the first unanswered one, so a system that hangs cannot look healthy by saying nothing.
    /// </summary>
    /// <returns>Null while no such window has passed since <paramref name="notBefore"/>.</returns>
    public SteadyStateReport? Read(IReadOnlyList<SteadyStateCondition> conditions, TimeSpan window, TimeSpan notBefore)
    {
        var end = conditions.Min(condition => Log(condition.Source).SettledSince(notBefore) is [.., var last] ? last.Due : TimeSpan.MinValue);
        if (end == TimeSpan.MinValue || end - window < notBefore)
        {
            return null;
        }

        return new SteadyStateReport(
            new TimeWindow(end - window, end),
            [.. conditions.Select(condition => condition.Read([.. Since(condition.Source, end - window).TakeWhile(observation => observation.Due <= end)]))]);
    }

    public async ValueTask DisposeAsync() => await Task.WhenAll(_sources.Select(source => source.DisposeAsync().AsTask())).ConfigureAwait(false);

    private ObservationLog Log(string name) => _sources.Find(source => source.Name == name)!.Log;
}
