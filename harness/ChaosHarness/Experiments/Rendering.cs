using ChaosHarness.Calls;

namespace ChaosHarness.Experiments;

/// <summary>
/// Hands records to recorders, which are code of others: each call runs on threads of its own, and is given up after <see cref="CallLimits.Recording"/>.
/// What looks like a secret in them is masked before, wherever it came from: no recorder sees it.
/// </summary>
public static class Rendering
{
    /// <summary>Hands the record of a run to a recorder.</summary>
    /// <param name="recorder">The recorder.</param>
    /// <param name="record">The record.</param>
    /// <param name="options">How long it may take, and by which clock.</param>
    /// <returns>What kept it from being recorded; null when nothing did. Never fails.</returns>
    public static Task<string?> RecordAsync(IExperimentRecorder recorder, RunRecord record, RunnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(record);
        return RecordAsync(recorder.GetType(), token => recorder.RecordAsync(MaskedRecord.Of(record), token), options);
    }

    /// <summary>Hands a test to a recorder.</summary>
    /// <param name="recorder">The recorder.</param>
    /// <param name="record">The test.</param>
    /// <param name="options">How long it may take, and by which clock.</param>
    /// <returns>What kept it from being recorded; null when nothing did. Never fails.</returns>
    public static Task<string?> RecordAsync(ITestRecorder recorder, TestRecord record, RunnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(recorder);
        ArgumentNullException.ThrowIfNull(record);
        return RecordAsync(recorder.GetType(), token => recorder.RecordAsync(MaskedRecord.Of(record), token), options);
    }

    private static async Task<string?> RecordAsync(Type recorder, Func<CancellationToken, ValueTask> record, RunnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var call = await new ForeignCalls(options.Time).RunAsync(new Callee(recorder.Name, "record"), record, options.Limits.Recording, CancellationToken.None).ConfigureAwait(false);
        return call.Problem;
    }
}
