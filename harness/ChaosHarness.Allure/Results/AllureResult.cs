namespace ChaosHarness.Allure.Results;

/// <summary>One test in the format that Allure 2 and 3 read. Times are Unix milliseconds.</summary>
internal sealed record AllureResult
{
    public required string Uuid { get; init; }

    public required string HistoryId { get; init; }

    public required string TestCaseId { get; init; }

    public required string FullName { get; init; }

    public required IReadOnlyList<string> TitlePath { get; init; }

    public required string Name { get; init; }

    public required string Status { get; init; }

    public AllureStatusDetails? StatusDetails { get; init; }

    public string Stage { get; init; } = "finished";

    public required long Start { get; init; }

    public required long Stop { get; init; }

    public string? DescriptionHtml { get; init; }

    public IReadOnlyList<AllureLabel> Labels { get; init; } = [];

    public IReadOnlyList<AllureLink> Links { get; init; } = [];

    public IReadOnlyList<AllureParameter> Parameters { get; init; } = [];

    public IReadOnlyList<AllureStep> Steps { get; init; } = [];

    public IReadOnlyList<AllureAttachment> Attachments { get; init; } = [];
}
