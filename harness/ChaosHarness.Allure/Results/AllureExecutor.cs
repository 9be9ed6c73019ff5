using ChaosHarness.Origins;

namespace ChaosHarness.Allure.Results;

/// <summary>Who ran the tests: the pipeline's build, or this machine.</summary>
internal sealed record AllureExecutor(string Name, string Type, string? BuildName, string? BuildUrl, long? BuildOrder, string ReportName)
{
    public static AllureExecutor Of(RunOrigin origin, Pipeline? pipeline) => new(
        pipeline?.Name ?? origin.Host ?? "local",
        TypeOf(pipeline),
        origin.Build is { } build ? $"#{build}" : origin.Commit is { Length: > 12 } commit ? commit[..12] : origin.Commit,
        origin.BuildUrl,
        long.TryParse(origin.Build, out var order) ? order : null,
        "DR tests");

    private static string TypeOf(Pipeline? pipeline) => pipeline?.Name switch
    {
        "GitHub Actions" => "github",
        "GitLab CI" => "gitlab",
        "Azure Pipelines" => "azure",
        "Jenkins" => "jenkins",
        _ => "local",
    };
}
