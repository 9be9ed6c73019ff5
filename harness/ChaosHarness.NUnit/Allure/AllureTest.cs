using ChaosHarness.Experiments;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit.Allure;

/// <summary>Makes the Allure result of a test from its NUnit result and the records of its experiments.</summary>
internal static class AllureTest
{
    public static AllureResult From(ITest test, TestResult result, IReadOnlyList<RunRecord> experiments, DateTimeOffset started, DateTimeOffset stopped)
    {
        var identity = AllureIdentity.Of(test);
        var outcome = TestOutcome.Of(result, experiments);
        var metadata = AllureMetadata.Of(test);
        return new AllureResult
        {
            Uuid = Guid.NewGuid().ToString(),
            HistoryId = identity.HistoryId,
            TestCaseId = identity.TestCaseId,
            FullName = identity.FullName,
            TitlePath = identity.TitlePath,
            Name = metadata.Name ?? test.Name.Replace('_', ' '),
            Status = StatusOf(outcome),
            StatusDetails = result.Message is { Length: > 0 } message ? new AllureStatusDetails(message, result.StackTrace) : null,
            Start = started.ToUnixTimeMilliseconds(),
            Stop = stopped.ToUnixTimeMilliseconds(),
            Description = metadata.Description ?? (experiments is [var first, ..] ? first.Hypothesis : null),
            Labels = [.. metadata.Labels, new AllureLabel("outcome", outcome.ToString())],
            Links = metadata.Links,
            Parameters = [.. experiments.SelectMany(AllureMeasurements.Of)],
            Steps = [.. experiments.SelectMany(AllurePhases.Of)],
        };
    }

    private static string StatusOf(Outcome outcome) => outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed",
        Outcome.Inconclusive => "skipped",
        _ => "broken",
    };
}
