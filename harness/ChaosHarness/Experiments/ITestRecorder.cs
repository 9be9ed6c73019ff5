namespace ChaosHarness.Experiments;

/// <summary>Renders a test with the records of its runs, for any test framework: to a report. It measures nothing, and the records are sealed.</summary>
public interface ITestRecorder
{
    /// <summary>Receives a test that is over. A thrown exception fails the test and touches no record.</summary>
    /// <param name="test">The test.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <returns>When it is safely recorded.</returns>
    ValueTask RecordAsync(TestRecord test, CancellationToken cancellationToken);
}
