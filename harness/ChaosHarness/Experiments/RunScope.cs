using System.Collections.Concurrent;
using ChaosHarness.Expectations;

namespace ChaosHarness.Experiments;

/// <summary>
/// Whatever runs experiments and ends: one execution of a test, a program. Its end seals its runs: what was not awaited is halted,
/// each run becomes a record, and the records are rendered. Only in a scope can an experiment be run.
/// </summary>
public sealed class RunScope : IDisposable
{
    private static readonly AsyncLocal<RunScope?> Ambient = new();
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _over = new();
    private readonly List<Task<ExperimentResult>> _runs = [];
    private readonly List<RunRecord> _invalid = [];
    private readonly ConcurrentDictionary<string, IReadOnlyList<LeftOutStep>> _leftOut = new(StringComparer.Ordinal);
    private readonly CancellationToken _halt;
    private Task<SealedRuns>? _sealing;

    private RunScope(RunnerOptions options, IReadOnlyList<Expectation> objectives, CancellationToken halt) =>
        (Options, Objectives, _halt) = (options, objectives, halt);

    /// <summary>The scope of this flow of control; null outside of any.</summary>
    public static RunScope? Current => Ambient.Value;

    /// <summary>How its experiments are run.</summary>
    public RunnerOptions Options { get; }

    /// <summary>What each of its runs is held to, beside what the experiment itself says.</summary>
    public IReadOnlyList<Expectation> Objectives { get; }

    /// <summary>Whether it is over.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
            {
                return _sealing is not null;
            }
        }
    }

    /// <summary>The results of the runs that are over so far, in the order in which they were begun.</summary>
    public IReadOnlyList<ExperimentResult> Results
    {
        get
        {
            lock (_gate)
            {
                return [.. _runs.Where(run => run.IsCompletedSuccessfully).Select(run => run.Result)];
            }
        }
    }

    /// <summary>Opens a scope.</summary>
    /// <param name="options">How experiments are run.</param>
    /// <param name="objectives">What each run is held to.</param>
    /// <param name="halt">Halts its runs: they are reverted at once.</param>
    /// <returns>The scope.</returns>
    public static RunScope Open(RunnerOptions options, IReadOnlyList<Expectation> objectives, CancellationToken halt)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(objectives);
        return new RunScope(options, objectives, halt);
    }

    /// <summary>Makes it the scope of this flow of control and of what it starts.</summary>
    /// <returns>Disposed, the one before is current again.</returns>
    public IDisposable Enter() => new Entered(this);

    /// <summary>Runs an experiment in this scope.</summary>
    /// <param name="builder">The experiment.</param>
    /// <param name="halt">Halts the run, beside the scope's own token.</param>
    /// <returns>The measured run; whatever the outcome, it is returned.</returns>
    /// <exception cref="InvalidExperimentException">The experiment is written wrongly; it names every mistake.</exception>
    /// <exception cref="InvalidOperationException">The scope is over.</exception>
    public Task<ExperimentResult> RunAsync(ExperimentBuilder builder, CancellationToken halt)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var complete = builder.CompletedBy(Options, Objectives);
        try
        {
            return RunAsync(complete.Build(), halt);
        }
        catch (InvalidExperimentException exception)
        {
            lock (_gate)
            {
                _invalid.Add(UnrunRecord.Invalid(complete, Options, exception));
            }

            throw;
        }
    }

    /// <summary>Runs an experiment in this scope.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="halt">Halts the run, beside the scope's own token.</param>
    /// <returns>The measured run; whatever the outcome, it is returned.</returns>
    /// <exception cref="InvalidOperationException">The scope is over.</exception>
    public Task<ExperimentResult> RunAsync(Experiment experiment, CancellationToken halt)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        lock (_gate)
        {
            if (_sealing is not null)
            {
                throw new InvalidOperationException($"The test is over: '{experiment.Name}' cannot run any more. Await RunAsync within the test.");
            }

            var run = ExperimentRun.RunAsync(experiment, Options, [halt, _halt, _over.Token]);
            _runs.Add(run);
            return run;
        }
    }

    /// <summary>Notes which steps of a scenario were not run, for the records of those that were.</summary>
    internal void LeaveOut(string scenarioRun, IReadOnlyList<LeftOutStep> steps) => _leftOut[scenarioRun] = steps;

    /// <summary>Ends the scope, once: halts what was not awaited, makes the records, and has them rendered. Later calls give the same.</summary>
    /// <param name="end">How whatever ran the experiments ended.</param>
    /// <returns>The records, and what kept them from being rendered.</returns>
    public Task<SealedRuns> SealAsync(ScopeEnd end)
    {
        ArgumentNullException.ThrowIfNull(end);
        lock (_gate)
        {
            return _sealing ??= Task.Run(() => SealOnceAsync(end));
        }
    }

    /// <summary>Ends the scope without a record where it was not sealed; what still runs is halted.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _sealing ??= Task.FromResult(new SealedRuns([], []));
        }

        _ = _over.CancelAsync();
    }

    private async Task<SealedRuns> SealOnceAsync(ScopeEnd end)
    {
        var problems = new List<string>();
        var unawaited = _runs.Where(run => !run.IsCompleted).ToList();
        if (unawaited.Count > 0)
        {
            problems.Add("RunAsync was not awaited: the run was halted when its test ended. Write: await ....RunAsync()");
            await _over.CancelAsync().ConfigureAwait(false);
        }

        var results = await Task.WhenAll(_runs).ConfigureAwait(false);
        var isExplained = results.Any(result => result.ExplainsFailure);
        List<RunRecord> records = [.. _invalid.Concat(results.Select(result => result.Seal(end, isExplained))).Select(OfItsScenario)];
        foreach (var record in OpenRun.TakeOver(Options.FaultJournalFolder).Concat(records))
        {
            problems.AddRange(await RenderAsync(record).ConfigureAwait(false));
        }

        foreach (var result in results)
        {
            result.Close();
        }

        return new SealedRuns(records, problems);
    }

    // What was left out is known when the scenario is over.
    private RunRecord OfItsScenario(RunRecord record) =>
        record.Step is { ScenarioRun: { } run } step && _leftOut.TryGetValue(run, out var steps) ? record with { Step = step with { LeftOut = steps } } : record;

    private async Task<IReadOnlyList<string>> RenderAsync(RunRecord record)
    {
        var problems = new List<string>();
        foreach (var recorder in Options.Recorders)
        {
            if (await Rendering.RecordAsync(recorder, record, Options).ConfigureAwait(false) is { } problem)
            {
                problems.Add($"the record of run {record.RunId} could not be rendered: {problem}");
            }
        }

        return problems;
    }

    private sealed class Entered : IDisposable
    {
        private readonly RunScope? _before = Ambient.Value;

        public Entered(RunScope scope) => Ambient.Value = scope;

        public void Dispose() => Ambient.Value = _before;
    }
}
