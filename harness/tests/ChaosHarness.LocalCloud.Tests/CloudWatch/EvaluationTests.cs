using Amazon.CloudWatch.Model;
using ChaosHarness.LocalCloud.CloudWatch;

namespace ChaosHarness.LocalCloud.Tests.CloudWatch;

/// <summary>The tables of CloudWatch's guide: datapoints the oldest first, X breaching, 0 not, - missing; what the state is, or keep for the one before.</summary>
public sealed class EvaluationTests
{
    [TestCase(3, "0-X-X", "OK", "OK", "OK", "OK")]
    [TestCase(3, "----0", "OK", "OK", "OK", "OK")]
    [TestCase(3, "-----", "INSUFFICIENT_DATA", "keep", "ALARM", "OK")]
    [TestCase(3, "0XX-X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [TestCase(3, "--X--", "ALARM", "keep", "ALARM", "OK")]
    [TestCase(2, "0-X-X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [TestCase(2, "00X0X", "ALARM", "ALARM", "ALARM", "ALARM")]
    [TestCase(2, "0-X--", "OK", "OK", "ALARM", "OK")]
    [TestCase(2, "----0", "OK", "OK", "ALARM", "OK")]
    [TestCase(2, "---X-", "ALARM", "keep", "ALARM", "OK")]
    public void Three_periods_are_judged_as_documented(int needed, string datapoints, string missing, string ignore, string breaching, string notBreaching) => Assert.That(
        new[] { "missing", "ignore", "breaching", "notBreaching" }.Select(treatment => StateOf(needed, datapoints, treatment)),
        Is.EqualTo(new[] { missing, ignore, breaching, notBreaching }));

    private static string StateOf(int needed, string datapoints, string treatment) => Evaluation.Of(
        new MetricAlarm { EvaluationPeriods = 3, DatapointsToAlarm = needed, TreatMissingData = treatment },
        [.. datapoints.Reverse().Select(point => point switch { 'X' => true, '0' => false, _ => (bool?)null })])?.Value ?? "keep";
}
