using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Promotions;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Promotions;

public sealed class PromotionCheckerTests
{
    [Test]
    public void Each_node_that_became_primary_since_the_strike_is_found()
    {
        var run = new RecordedRun().Signal(5, "db-a", SignalKind.Promoted).Fault("crash", 10).Signal(12, "db-b", SignalKind.Promoted, notBefore: 11).Signal(13, "lb", SignalKind.Detected).Cut(20)
            .Signal(21, "db-c", SignalKind.Promoted);

        var finding = new PromotionChecker().Check(run.Until(30));

        Assert.That(finding.Promotions, Is.EqualTo(new[] { new Promotion("db-b", new Bounds(S(0.9), S(2)), S(12)), new Promotion("db-c", new Bounds(S(10.9), S(11)), S(21)) }));
        Assert.That((finding.ByCut, finding.ToString()), Is.EqualTo((1, "db-b after 900ms..2s, db-c after 10.9s..11s, when observing had ended")));
        Assert.That(finding.Figures, Is.EqualTo(new[] { Figure.Exact(FigureNames.Promotions, "", Unit.Count, 2, Better.Neither) }));
        Assert.That(new PromotionChecker().Name, Is.EqualTo("promotions"));
    }

    [TestCase(9.99, 0)]
    [TestCase(10, 1)]
    public void One_that_was_known_before_the_strike_is_none(double at, int promotions) =>
        Assert.That(new PromotionChecker().Check(new RecordedRun().Signal(at, "db-b", SignalKind.Promoted).Fault("crash", 10).Until(30)).Promotions, Has.Count.EqualTo(promotions));

    [Test]
    public void That_none_became_primary_is_known_where_somebody_would_have_said_so()
    {
        var heard = new PromotionChecker().Check(new RecordedRun(isListenedTo: true).Fault("crash", 10).Until(30));
        var unheard = new PromotionChecker().Check(new RecordedRun().Fault("crash", 10).Until(30));
        var before = new PromotionChecker().Check(new RecordedRun(isListenedTo: true).Signal(5, "db-a", SignalKind.Promoted).Until(30));

        Assert.That((heard.IsKnown, heard.Figures.Count, heard.ToString()), Is.EqualTo((true, 1, "no node became primary")));
        Assert.That((unheard.IsKnown, unheard.Figures.Count, unheard.ToString()), Is.EqualTo((false, 0, "unknown: nothing has struck, or the system says nothing of itself")));
        Assert.That((before.IsKnown, before.Promotions.Count), Is.EqualTo((false, 0)));
    }
}
