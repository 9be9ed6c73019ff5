using ChaosHarness.Experiments;

namespace ChaosHarness.Allure;

/// <summary>Writes an Allure result for each test of an assembly that names it, such as with <c>[assembly: RecordedBy(typeof(AllureRecording))]</c>.</summary>
public sealed class AllureRecording : ITestRecorderFactory
{
    /// <inheritdoc/>
    public ITestRecorder? Create(RecorderSettings settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return settings.ResultsFolder is { } folder ? new AllureRecorder(folder, settings) : null;
    }
}
