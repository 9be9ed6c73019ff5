using ChaosHarness.Checkers.Decisions;
using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Decisions;

public sealed class DecisionCheckerTests
{
    [Test]
    public void People_decide_from_the_alert_on()
    {
        var finding = Check(Run().Signal(14, "pager", SignalKind.Detected, notBefore: 12), (MarkKind.Decided, 15.5), (MarkKind.Acted, 17));

        Assert.That((finding.TimeToDecide, finding.TimeToAct, finding.ToString()), Is.EqualTo((new Bounds(S(1.5), S(3.5)), S(1.5), "decided after 1.5s..3.5s, done 1.5s later")));
    }

    [Test]
    public void Where_nothing_alerted_they_decide_from_the_strike_on() =>
        Assert.That(Check(Run(), (MarkKind.Decided, 12)).TimeToDecide, Is.EqualTo(new Bounds(S(1.9), S(2))));

    [Test]
    public void An_alert_after_the_decision_did_not_lead_to_it() =>
        Assert.That(Check(Run().Signal(13, "pager", SignalKind.Detected, notBefore: 12.5), (MarkKind.Decided, 12)).TimeToDecide, Is.EqualTo(new Bounds(S(1.9), S(2))));

    [Test]
    public void What_was_decided_before_the_strike_is_no_decision_about_it()
    {
        var finding = Check(Run(), (MarkKind.Decided, 9), (MarkKind.Acted, 11));

        Assert.That((finding.TimeToDecide, finding.TimeToAct, finding.Figures.Count, finding.ToString()), Is.EqualTo(((Bounds?)null, (TimeSpan?)null, 0, "nobody decided anything")));
    }

    [Test]
    public void The_first_decision_counts_and_what_was_done_after_it()
    {
        var finding = Check(Run(), (MarkKind.Acted, 11), (MarkKind.Decided, 12), (MarkKind.Decided, 13), (MarkKind.Acted, 14), (MarkKind.Acted, 16));

        Assert.That((finding.TimeToDecide!.Value.Upper, finding.TimeToAct), Is.EqualTo((S(2), S(2))));
    }

    private static RecordedRun Run() => new RecordedRun(isListenedTo: true).Fault("crash", 10);

    private static DecisionFinding Check(RecordedRun run, params (MarkKind Kind, double At)[] marks)
    {
        foreach (var (kind, at) in marks)
        {
            run.At(at, () => run.Writer.Add(new Mark(S(at), kind, "ann", "x")));
        }

        return new DecisionChecker().Check(run.Cut(20).Until(30));
    }
}
