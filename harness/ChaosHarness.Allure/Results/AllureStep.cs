namespace ChaosHarness.Allure.Results;

/// <summary>A step of a test. Times are Unix milliseconds.</summary>
internal sealed record AllureStep(string Name, string Status, long Start, long Stop)
{
    public string Stage { get; init; } = "finished";

    public AllureStatusDetails? StatusDetails { get; init; }

    public IReadOnlyList<AllureStep> Steps { get; init; } = [];

    public IReadOnlyList<AllureParameter> Parameters { get; init; } = [];

    public IReadOnlyList<AllureAttachment> Attachments { get; init; } = [];
}
