namespace ChaosHarness.Experiments;

/// <summary>Makes a recorder for the tests of an assembly: once, before the first of them ends.</summary>
public interface IRecorderFactory
{
    /// <summary>Makes the recorder.</summary>
    /// <param name="settings">What the tests run with.</param>
    /// <returns>The recorder; null when the settings ask for none.</returns>
    IExperimentRecorder? Create(RecorderSettings settings);
}
