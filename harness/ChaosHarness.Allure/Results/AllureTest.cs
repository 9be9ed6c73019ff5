using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>Makes the Allure result of a test.</summary>
internal static class AllureTest
{
    public static AllureResult From(TestRecord test)
    {
        var identity = AllureIdentity.Of(test);
        var metadata = AllureMetadata.Of(test);
        return new AllureResult
        {
            Uuid = Guid.NewGuid().ToString(),
            HistoryId = identity.HistoryId,
            TestCaseId = identity.TestCaseId,
            FullName = identity.FullName,
            TitlePath = identity.TitlePath,
            Name = metadata.Name ?? test.Name,
            Status = StatusOf(test),
            StatusDetails = test.Message is { Length: > 0 } message ? new AllureStatusDetails(message, test.Trace) : null,
            Start = test.StartedAt.ToUnixTimeMilliseconds(),
            Stop = test.EndedAt.ToUnixTimeMilliseconds(),
            Description = metadata.Description ?? (test.Runs is [var first, ..] ? first.Hypothesis : null),
            Labels = [.. metadata.Labels, new AllureLabel("outcome", test.Outcome.ToString())],
            Links = metadata.Links,
            Parameters = [.. test.Parameters.Select(AllureParameter.Of), .. test.Runs.SelectMany(AllureFindings.Of)],
            Steps = [.. test.Runs.SelectMany(AllurePhases.Of)],
        };
    }

    private static string StatusOf(TestRecord test) => test.Outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed",
        Outcome.Inconclusive when !test.HasFailed => "skipped",
        _ => "broken",
    };
}
