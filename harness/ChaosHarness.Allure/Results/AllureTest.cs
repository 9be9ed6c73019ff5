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
            DescriptionHtml = AllureDescription.Of(test, metadata.Description),
            Labels = [.. metadata.Labels, .. Places(test), new AllureLabel("outcome", test.Outcome.ToString())],
            Links = metadata.Links,
            Parameters = [.. test.Parameters.Select(AllureParameter.Of), .. test.Runs.Select(AllureFindings.IdOf)],
            Steps = AllureScenario.StepsOf(test.Runs),
        };
    }

    // Where it ran and of what: by these a reader tells runs apart.
    private static IEnumerable<AllureLabel> Places(TestRecord test)
    {
        var runs = test.Runs.Where(run => run.Phases.Any(phase => phase.Status != PhaseStatus.Skipped)).ToList();
        return
        [
            .. runs.Select(run => run.System).Distinct().Select(system => new AllureLabel("system", system)),
            .. runs.Select(run => run.Environment).Distinct().Select(environment => new AllureLabel("environment", environment)),
            .. test.Runs.Select(run => run.Step?.Scenario).OfType<string>().Distinct().Select(scenario => new AllureLabel("scenario", scenario)),
            .. Said("profile", test.Options.Origin.Profile),
            .. Said("branch", test.Options.Origin.Branch),
            .. Said("commit", test.Options.Origin.Commit),
        ];
    }

    private static AllureLabel[] Said(string name, string? value) => value is { Length: > 0 } ? [new AllureLabel(name, value)] : [];

    private static string StatusOf(TestRecord test) => test.Outcome switch
    {
        Outcome.Passed => "passed",
        Outcome.Failed => "failed",
        Outcome.Inconclusive when !test.HasFailed => "skipped",
        _ => "broken",
    };
}
