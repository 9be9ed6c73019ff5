namespace ChaosHarness.Experiments;

/// <summary>Renders the result of a run: to a file, a report, a history. It measures nothing.</summary>
public interface IExperimentRecorder
{
    /// <summary>Receives the result. A thrown exception makes the run Broken.</summary>
    /// <param name="result">The result.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>When it is safely recorded.</returns>
    ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken);
}
