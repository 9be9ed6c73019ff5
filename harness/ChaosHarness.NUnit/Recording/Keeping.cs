using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Recording;

/// <summary>
/// Looks, before anything is broken, whether what comes of a test can be kept; and says among the results that the test has begun, until it has one.
/// </summary>
/// <param name="Problem">Why it could not be kept; null when it can.</param>
internal sealed record Keeping(string? Problem) : IDisposable
{
    private BegunTest? _begun;

    public static Keeping Begin(ITest test, DateTimeOffset startedAt, Profile profile, RunnerOptions options)
    {
        var settings = profile.Recording;
        BegunTest? begun = null;
        var problem = WhyNot(settings.JournalFolder, folder => BegunTest.Begin(folder, Begun()).Dispose());
        // Only a recorder of tests leaves results that somebody may miss.
        if (problem is null && settings.ResultsFolder is { } results && AssemblyRecorders.Of(test.TypeInfo!.Assembly, settings).OfTests.Count > 0)
        {
            problem = WhyNot(results, folder => begun = BegunTest.Begin(folder, Begun()));
        }

        return new Keeping(problem) { _begun = begun };

        UnfinishedTest Begun() => new(Secrets.Mask(RecordedTest.NameOf(test)), options.FaultJournalFolder, startedAt);
    }

    public void Dispose() => _begun?.Dispose();

    private static string? WhyNot(string folder, Action<string> write)
    {
        try
        {
            write(folder);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return $"nothing was injected, as its result could not be kept: {folder} cannot be written ({exception.Message.TrimEnd('.')}). Let this user write there, or name another folder by Chaos.ResultsFolder in the run settings.";
        }
    }
}
