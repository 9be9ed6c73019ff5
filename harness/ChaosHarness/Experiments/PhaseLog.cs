using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Which steps a run went through, and how they ended.</summary>
internal sealed class PhaseLog(RunClock clock, Timeline timeline)
{
    private readonly List<PhaseRecord> _phases = [];

    /// <summary>All eight steps; those never reached are skipped.</summary>
    public IReadOnlyList<PhaseRecord> Records =>
    [
        .. Enum.GetValues<PhaseName>().Select(name => _phases.Find(phase => phase.Name == name) ?? new PhaseRecord(name, PhaseStatus.Skipped, default)),
    ];

    /// <summary>Runs a step. What it returns is its detail; a failed check is a step that failed, any other exception one that broke.</summary>
    public async Task RunAsync(PhaseName name, Func<Task<string?>> step)
    {
        var start = clock.Now;
        timeline.Add(start, TimelineKind.Phase, name.ToString(), "begins");
        try
        {
            Add(name, PhaseStatus.Passed, start, await step().ConfigureAwait(false));
        }
        catch (Exception exception)
        {
            Add(name, exception is NotRunException or CheckFailedException ? PhaseStatus.Failed : PhaseStatus.Broken, start, exception.Message);
            throw;
        }
    }

    public void Add(PhaseName name, PhaseStatus status, TimeSpan start, string? detail) =>
        _phases.Add(new PhaseRecord(name, status, new TimeWindow(start, clock.Now), detail));
}
