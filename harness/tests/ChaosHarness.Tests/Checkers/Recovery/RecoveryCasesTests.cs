using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Tests.Checkers.Recovery;

/// <summary>Histories whose bounds can be found by hand. Times in milliseconds.</summary>
public sealed class RecoveryCasesTests
{
    private const string Dropped = "E 1-101, E 5-105, g 10-12, g 14-16, g 18-20, g 22-24, g 106-108, g 110-112, g 114-116";
    private const string Frozen = "g 5-6, ? 12, ? 22, ? 32, ? 42, ? 55";
    private const string Relapsed = "E 1-2, g 3-4, E 6-7, g 9-10, g 11-12, g 13-14";
    private const string Delayed = "g 10-11, g 20-21, g 30-31, g 40-41, g 50-51, E 60-61, g 70-71, g 80-81, g 90-91";
    private const string Pending = "E 12-13, g 20-22, g 24-26, g 28-33, g 30-31";
    private const string Released = "E 2-32, E 12-42, E 22-52, g 35-60, g 45-60, g 55-60, g 65-66, g 75-76";

    private static IEnumerable<TestCaseData> Cases() =>
    [
        Case("1: an outage shorter than the requests that overlap", 30, 25, "g 20-40, E 25-45, g 30-50, g 35-55, g 40-60, g 45-65, g 70-90, g 75-95", "0..35"),
        Case("2: a later request overtakes", 10, 20, "E 12-30, g 14-16, g 20-22, g 32-34, g 36-38, g 40-42", "2..24"),
        Case("3: a relapse that overlap hides", 0, 20, "E 1-3, E 2-16, g 4-8, g 17-30, g 31-32, g 33-34", "2..30, 1 outage"),
        Case("3: the same, the earlier one is answered later", 0, 20, "E 1-16, E 2-3, g 4-8, g 17-30, g 31-32, g 33-34", "2..30, 1 outage"),
        Case("4: a relapse that is proven", 0, 5, Relapsed, "5..10, 2 outages", injectedBy: 1),
        Case("5a: dropped requests", 0, 8, Dropped, "5..16, later at most 86", at: 120, timeout: 100),
        Case("5b: the same, nothing assumed", 0, 100, Dropped, "5..108", at: 120, timeout: 100),
        Case("5c: the same, live", 0, 8, Dropped, "0..16, later at most 6", at: 25, timeout: 100),
        Case("6: held, released within the slow threshold", 10, 50, "g 5-6, g 12-40, g 16-40, g 22-41, g 30-40, g 42-43, g 46-47", "none longer than 30", slow: 50),
        Case("7: held, released too late for some", 10, 10, "S 12-45, S 16-45, g 30-46, g 48-49, g 52-53", "6..36", slow: 20),
        Case("8: those released are no stability", 0, 8, Released, "more than 22", at: 61, timeout: 30),
        Case("8: those sent afterwards are", 0, 8, Released, "22..60, later at most 11", at: 80, timeout: 30),
        Case("9: slow because it was sent late", 10, 10, "g 11-12, S 35-38 due 12, g 40-41, g 44-45", "none longer than 30", slow: 20),
        Case("10: not sent", 10, 5, "E 12-13, N 20, N 25, g 30-31, g 34-35, g 38-39", "2..21"),
        Case("11: frozen until the cut", 10, 8, Frozen, "more than 32", at: 60),
        Case("11: whatever they answer later", 10, 8, "g 5-6, g 12-61, g 22-61, g 32-62, E 42-63, g 55-64", "more than 32", at: 60),
        Case("12: one is pending", 10, 8, Pending, "more than 2", at: 32),
        Case("12: and answered", 10, 8, Pending, "2..12", at: 34),
        Case("13: around the injection", 10, 5, "E 2-4, E 8-12, g 9-10.5, g 11.5-13, g 13-14, g 15-16, g 17-18", "0..4", injectedBy: 11),
        Case("14: before a delayed onset", 0, 5, Delayed, "none longer than 11", at: 55, stableFor: 20),
        Case("14: after it", 0, 5, Delayed, "60..71", at: 100),
        Case("15: one slow good answer", 2, 5000, "g 0-1, g 5-3000, g 10-11, g 15-16, g 20-21, g 25-26", "none longer than 9", timeout: 5000),
        Case("nobody was answered yet", 10, 5, "g 5-6", "unknown", at: 20),
        Case("too few were", 10, 5, "g 5-6, g 12-13", "unknown", at: 20),
        Case("time-outs of all until the cut", 10, 20, "E 12-32, E 22-42, ? 32, ? 42", "more than 22", at: 55, timeout: 20),
    ];

    [TestCaseSource(nameof(Cases))]
    public void Bounds_are_those_found_by_hand(CaseSettings settings, string expected)
    {
        var injection = new TimeWindow(RequestTable.Ms(settings.Struck), RequestTable.Ms(settings.InjectedBy));
        var rule = new RequestRule(settings.Slow is { } slow ? RequestTable.Ms(slow) : null, RequestTable.Ms(settings.Timeout), RequestTable.Ms(settings.Longest));
        foreach (var chunkSize in new[] { 1, 2, 3, 100 })
        {
            var requests = new KnownRequests(new RequestTable(RequestTable.Parse(settings.Observations), RequestTable.Ms(settings.At), chunkSize));
            var bounds = RecoveryBounds.Of(requests, rule, injection, new Stability(2, RequestTable.Ms(settings.StableFor)));

            Assert.That(Describe(bounds, requests, rule, injection, expected), Is.EqualTo(expected), $"chunks of {chunkSize}");
        }
    }

    private static string Describe(RecoveryBounds bounds, KnownRequests requests, RequestRule rule, TimeWindow injection, string like)
    {
        if (!bounds.Interrupted)
        {
            return bounds.Recovered ? $"none longer than {UnseenOutage.From(requests, injection.Start)?.TotalMilliseconds}" : "unknown";
        }

        var actual = bounds.Actual(injection);
        if (actual.Upper is not { } upper)
        {
            return $"more than {actual.Lower.TotalMilliseconds}";
        }

        var outages = OutageCount.Of(requests, rule, injection.Start);
        return $"{actual.Lower.TotalMilliseconds}..{upper.TotalMilliseconds}"
            + (like.Contains("outage", StringComparison.Ordinal) ? $", {outages} outage{(outages == 1 ? "" : "s")}" : "")
            + (like.Contains("later", StringComparison.Ordinal) ? $", later at most {UnseenOutage.After(requests, requests.LastSentOfAnswered(bounds.ServedFrom))?.TotalMilliseconds}" : "");
    }

    private static TestCaseData Case(
        string name,
        double struck,
        double longest,
        string observations,
        string expected,
        double? injectedBy = null,
        double at = 10_000,
        double timeout = 2_000,
        double? slow = null,
        double stableFor = 0) =>
        new TestCaseData(new CaseSettings(struck, injectedBy ?? struck, longest, observations, at, Math.Max(timeout, longest), slow, stableFor), expected).SetArgDisplayNames(name, expected);

    public sealed record CaseSettings(double Struck, double InjectedBy, double Longest, string Observations, double At, double Timeout, double? Slow, double StableFor);
}
