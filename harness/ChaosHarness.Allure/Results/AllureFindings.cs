using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

namespace ChaosHarness.Allure.Results;

/// <summary>What a run came to, in the words of the report.</summary>
internal static class AllureFindings
{
    /// <summary>By what a page that knows runs finds the test; what was measured is in the description, where there is room for it.</summary>
    public static AllureParameter IdOf(RunRecord run) => AllureParameter.Of("Run", run.RunId);

    /// <summary>What was found, and by how much it was missed.</summary>
    public static string Words(Verdict verdict) => (verdict.Met, verdict.MissedBy) switch
    {
        (true, _) => verdict.Actual,
        (false, { } by) => $"{verdict.Actual}, missed by {by}",
        (false, null) => $"{verdict.Actual}, missed",
    };
}
