namespace ChaosHarness.Experiments;

/// <summary>Makes a recorder of tests for the tests of an assembly: once, before the first of them ends.</summary>
public interface ITestRecorderFactory
{
    /// <summary>Makes the recorder.</summary>
    /// <param name="settings">What the tests run with.</param>
    /// <returns>The recorder; null when the settings ask for none.</returns>
    ITestRecorder? Create(RecorderSettings settings);
}
