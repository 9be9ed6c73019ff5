using System.Xml.Linq;
using ChaosHarness.Experiments;
using ChaosHarness.Histories;
using ChaosHarness.Measurement;
using ChaosHarness.NUnit.Charts;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Tests.Charts;

public sealed class TimelineChartTests
{
    [Test]
    public void The_chart_marks_injection_detection_promotion_recovery_and_revert()
    {
        var result = Results.With(new Measurements { Recovery = new RecoveryTime(new Bounds(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1.1)), true, 1, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3.1)) });
        var drawn = Draw(result with { Observations = [new ObservationSeries("orders", default, Results.Observations(600, k => k is >= 200 and < 310 ? OperationVerdict.Error : OperationVerdict.Good))] });
        var texts = drawn.Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value).ToList();

        foreach (var mark in new[] { "injection: crash db-a (2s)", "detection: lb (2.5s)", "db-b is primary (2.7s)", "recovery (3.1s)", "revert (4s)" })
        {
            Assert.That(texts, Has.Some.EqualTo(mark));
        }

        Assert.That(texts, Has.Some.EqualTo("Losing <the> \"primary\" & more"));
    }

    [Test]
    public void Availability_falls_to_the_bottom_while_everything_is_bad()
    {
        var buckets = Bucket.Cut(Results.Observations(600, k => k is >= 200 and < 300 ? OperationVerdict.Error : OperationVerdict.Good), TimeSpan.FromSeconds(6), 60);

        Assert.That(buckets, Has.Count.EqualTo(60));
        Assert.That(buckets.Where(bucket => bucket.At.TotalSeconds is > 2 and < 3).Select(bucket => bucket.Availability), Is.All.Zero);
        Assert.That(buckets.Where(bucket => bucket.At.TotalSeconds is < 2 or > 3).Select(bucket => bucket.Availability), Is.All.EqualTo(1));
        Assert.That(buckets[0].Maximum, Is.EqualTo(TimeSpan.FromMilliseconds(8)));
    }

    [Test]
    public void It_draws_whatever_there_is()
    {
        Assert.That(() => Draw(Results.With(new Measurements()) with { Observations = [new ObservationSeries("orders", default, [])], Injection = null, Revert = null }), Throws.Nothing);
        Assert.That(() => Draw(Results.With(new Measurements()) with { Observations = [new ObservationSeries("orders", default, Results.Observations(1, _ => OperationVerdict.Good))] }), Throws.Nothing);
        var long_ = Draw(Results.With(new Measurements()) with { Observations = [new ObservationSeries("orders", default, Results.Observations(500_000, _ => OperationVerdict.Good))] });
        Assert.That(long_.ToString(), Has.Length.LessThan(60_000), "a long run is drawn in as many points as a short one");
    }

    private static XDocument Draw(RunRecord result) => XDocument.Parse(TimelineChart.Draw(result));
}
