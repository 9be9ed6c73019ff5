using ChaosHarness.Safety;

namespace ChaosHarness.Experiments;

/// <summary>
/// Runs experiments, each through the same eight steps: Build, Guard, SteadyState, Inject, Observe, Revert, Verify, Record.
/// While one runs, SIGINT, SIGTERM and SIGHUP halt it; once it is reverted and recorded, the process ends as the signal asked.
/// </summary>
/// <param name="options">How experiments are run.</param>
public sealed class ExperimentRunner(RunnerOptions options)
{
    private static readonly AsyncLocal<ExperimentRunner?> Ambient = new();

    /// <summary>The runner of this flow of control: what a test framework set, or one with default options.</summary>
    public static ExperimentRunner Current => Ambient.Value ?? new ExperimentRunner(new RunnerOptions());

    /// <summary>How experiments are run.</summary>
    public RunnerOptions Options { get; } = options;

    /// <summary>Makes this the current runner of this flow of control and of what it starts.</summary>
    /// <returns>Disposed, the one before is current again.</returns>
    public IDisposable MakeCurrent() => new Scope(this);

    /// <summary>Runs an experiment.</summary>
    /// <param name="experiment">The experiment.</param>
    /// <param name="halt">Halts the run: it is reverted at once.</param>
    /// <returns>The record of the run; it is returned whatever the outcome, and nothing is thrown.</returns>
    public async Task<RunRecord> RunAsync(Experiment experiment, CancellationToken halt = default)
    {
        ArgumentNullException.ThrowIfNull(experiment);
        using var lever = new HaltLever(halt);
        using var signals = new TerminationSignals(lever, Console.Error);
        var run = new ExperimentRun(experiment, Options, lever);
        return await run.ExecuteAsync().ConfigureAwait(false);
    }

    internal Task<RunRecord> RunAsync(ExperimentBuilder builder, CancellationToken halt)
    {
        var complete = builder with
        {
            ExperimentId = builder.ExperimentId ?? Options.DefaultId,
            ExperimentName = builder.ExperimentName ?? Options.DefaultName,
            ExperimentObjectives = builder.ExperimentObjectives == Objectives.None ? Options.DefaultObjectives : builder.ExperimentObjectives,
        };
        return RunAsync(complete.Build(), halt);
    }

    private sealed class Scope : IDisposable
    {
        private readonly ExperimentRunner? _before = Ambient.Value;

        public Scope(ExperimentRunner runner) => Ambient.Value = runner;

        public void Dispose() => Ambient.Value = _before;
    }
}
