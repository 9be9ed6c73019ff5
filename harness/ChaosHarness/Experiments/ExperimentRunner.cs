namespace ChaosHarness.Experiments;

/// <summary>
/// Runs experiments outside of any test, such as in a program: each in a scope of its own, sealed as soon as it is over. Every run goes
/// through the same eight steps: Build, Guard, SteadyState, Inject, Observe, Revert, Verify, Record. While one runs, SIGINT, SIGTERM and
/// SIGHUP halt it; once it is reverted and recorded, the process ends as the signal asked.
/// </summary>
/// <param name="options">How experiments are run.</param>
public sealed class ExperimentRunner(RunnerOptions options)
{
    /// <summary>How experiments are run.</summary>
    public RunnerOptions Options { get; } = options;

    /// <summary>Runs an experiment and records it.</summary>
    /// <param name="builder">The experiment.</param>
    /// <param name="halt">Halts the run: it is reverted at once.</param>
    /// <returns>The record of the run, whatever the outcome.</returns>
    /// <exception cref="InvalidExperimentException">The experiment is written wrongly; it names every mistake.</exception>
    /// <exception cref="RenderingException">A recorder failed; the record is in the exception.</exception>
    public async Task<RunRecord> RunAsync(ExperimentBuilder builder, CancellationToken halt = default)
    {
        using var scope = RunScope.Open(Options, Options.DefaultObjectives.Expectations, halt);
        InvalidExperimentException? invalid = null;
        try
        {
            await scope.RunAsync(builder, CancellationToken.None).ConfigureAwait(false);
        }
        catch (InvalidExperimentException exception)
        {
            invalid = exception;
        }

        var runs = await scope.SealAsync(ScopeEnd.Well).ConfigureAwait(false);
        return invalid is not null ? throw invalid
            : runs.Problems.Count > 0 ? throw new RenderingException(runs)
            : runs.Records[^1];
    }

    /// <summary>Looks whether an experiment could be run now: at the policy, at who may refuse it, and at its targets and every way back. Changes nothing.</summary>
    /// <param name="builder">The experiment.</param>
    /// <param name="cancellationToken">Ends the looks.</param>
    /// <returns>Why nothing would be injected; null when nothing speaks against it. Whether normal holds, and whether another run has the system, only the run can tell.</returns>
    /// <exception cref="InvalidExperimentException">The experiment is written wrongly; it names every mistake.</exception>
    public Task<string?> RehearseAsync(ExperimentBuilder builder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return Rehearsal.WhyNotAsync(builder.CompletedBy(Options, Options.DefaultObjectives.Expectations).Build(), Options, cancellationToken);
    }
}
