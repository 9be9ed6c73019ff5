using System.Collections.Immutable;
using ChaosHarness.Calls;
using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>Which steps a run went through, and how they ended.</summary>
internal sealed class PhaseLog(RunClock clock, HistoryWriter history, OpenRun? open, HaltLever lever)
{
    // Replaced and never changed: watchers read them meanwhile.
    private volatile ImmutableList<PhaseRecord> _phases = [];
    private volatile PhaseName _current;

    /// <summary>The step that began last.</summary>
    public PhaseName Current => _current;

    /// <summary>The steps that are over, in their order.</summary>
    public IReadOnlyList<PhaseRecord> Over => _phases;

    /// <summary>All eight steps; those never reached are skipped.</summary>
    public IReadOnlyList<PhaseRecord> Records =>
    [
        .. Enum.GetValues<PhaseName>().Select(name => _phases.Find(phase => phase.Name == name) ?? new PhaseRecord(name, PhaseStatus.Skipped, default)),
    ];

    /// <summary>Runs a step. What it returns is its detail; a failed check is a step that failed and nothing more, any other exception one that broke.</summary>
    public async Task RunAsync(PhaseName name, Func<Task<string?>> step)
    {
        var start = clock.Now;
        _current = name;
        history.Add(new Mark(start, MarkKind.Phase, name.ToString(), "begins"));
        open?.Reaches(name);
        try
        {
            Add(name, PhaseStatus.Passed, start, await step().ConfigureAwait(false));
        }
        catch (CheckFailedException exception)
        {
            Add(name, PhaseStatus.Failed, start, exception.Message);
        }
        catch (Exception exception)
        {
            Add(name, exception is NotRunException ? PhaseStatus.Failed : PhaseStatus.Broken, start, WhyBroken(exception));
            throw;
        }
    }

    public void Add(PhaseName name, PhaseStatus status, TimeSpan start, string? detail) =>
        _phases = _phases.Add(new PhaseRecord(name, status, new TimeWindow(start, clock.Now), detail));

    // What a halt tears down says only that it was torn down.
    private string WhyBroken(Exception exception) =>
        exception is OperationCanceledException or CallException { End: CallEnd.Abandoned } && lever.Reason is { } reason ? $"halted: {reason}" : CallException.TextOf(exception);
}
