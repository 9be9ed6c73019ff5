namespace ChaosHarness.Experiments;

/// <summary>Renders the result of a run: to a file, a report, a history. It measures nothing.</summary>
public interface IExperimentRecorder
{
    /// <summary>Receives a sealed record, once. What it throws is told and makes the test an error; the record stays as it is.</summary>
    /// <param name="result">The result.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>When it is safely recorded.</returns>
    ValueTask RecordAsync(RunRecord result, CancellationToken cancellationToken);
}
