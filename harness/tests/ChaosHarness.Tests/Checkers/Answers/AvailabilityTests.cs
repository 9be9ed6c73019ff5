using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Answers;

public sealed class AvailabilityTests
{
    private RecordedRun _run = null!;

    [Test]
    public void It_counts_from_the_first_strike_to_the_cut_both_ends_included()
    {
        // Due at 9.9 and before: not counted. 10.0 to 12.0 in steps of 0.1 are 21, of which those before 11 fail.
        var run = Struck().Every("orders", 0.1, 9, 15, due => Answer(due, due is >= 9.5 and < 11)).Cut(12.05);

        var finding = new Availability().Check(run.Until(15));

        Assert.That(finding.Share, Is.EqualTo(new Share(11, 21)));
        Assert.That(finding.ToString(), Is.EqualTo("52.38% (11 of 21)"));
        Assert.That(finding.Figures, Is.EqualTo(new[]
        {
            Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 11 / 21.0, Better.Higher), Figure.Exact(FigureNames.DueRequests, "orders", Unit.Count, 21, Better.Neither),
        }));

        RecordedRun Answer(double due, bool isBad) => _run.Send("orders", due, 0.005, isBad ? OperationVerdict.Error : OperationVerdict.Good);
    }

    [Test]
    public void What_was_overdue_at_the_cut_is_bad_whatever_it_answered_after_the_revert()
    {
        var run = Struck().Every("orders", 0.1, 10, 12, due => _run.Send("orders", due, 13.5 - due)).Cut(13);

        var history = run.Until(20);

        Assert.That(history.Of("orders").TallyOf(new TimeWindow(S(10), S(13))), Is.EqualTo(new Tally(20, 0, 0)), "the revert healed what was open");
        Assert.That(new Availability("orders").Check(history).Share, Is.EqualTo(new Share(0, 20)));
    }

    [Test]
    public void What_is_young_at_the_cut_counts_in_nothing()
    {
        var run = Struck().Every("orders", 0.1, 10, 12).Send("orders", 12, 0.5).Cut(12.1);

        Assert.That(new Availability().Check(run.Until(13)).Share, Is.EqualTo(new Share(20, 20)));
    }

    [Test]
    public void What_could_not_be_sent_is_bad()
    {
        var run = Struck().Send("orders", 11).Send("orders", 12, 0, OperationVerdict.NotSent).Cut(13);

        Assert.That(new Availability().Check(run.Until(13)).Share, Is.EqualTo(new Share(1, 2)));
    }

    [Test]
    public void With_nothing_due_it_is_unknown_and_no_figure()
    {
        var finding = new Availability().Check(Struck().Cut(12).Until(13));

        Assert.That((finding.Share.Ratio, finding.Figures.Count, finding.ToString()), Is.EqualTo(((double?)null, 0, "unknown, nothing was due")));
        Assert.That(finding.Share.IsAtLeast(new Percentage(0)), Is.False);
    }

    [Test]
    public void Before_anything_has_struck_it_is_unknown()
    {
        var run = new RecordedRun().Source("orders").Every("orders", 0.1, 0, 5);

        Assert.That(new Availability().Check(run.Until(5)).Share.Ratio, Is.Null);
    }

    [Test]
    public void A_weakness_does_not_begin_it()
    {
        var run = new RecordedRun().Source("orders").Fault("lag", 1, isWeakness: true).Every("orders", 0.1, 0, 5);

        Assert.That(new Availability().Check(run.Until(5)).Share.Due, Is.Zero);
    }

    [Test]
    public void A_look_while_the_run_goes_on_sees_what_the_whole_history_says_of_that_time()
    {
        var run = Struck().Every("orders", 0.1, 9, 15, due => _run.Send("orders", due, due is >= 10 and < 11 ? null : 0.005)).Cut(14);
        var looks = new List<(TimeSpan Until, Share Share)>();
        for (var at = 10.0; at < 16; at += 0.3)
        {
            var look = run.Until(at);
            looks.Add((look.Until, new Availability().Check(look).Share));
        }

        var whole = run.Until(20);

        Assert.That(looks.Select(look => new Availability().Check(whole.Before(look.Until)).Share), Is.EqualTo(looks.Select(look => look.Share)));
        Assert.That(looks[^1].Share, Is.EqualTo(new Share(30, 40)), "10.0 to 13.9, the first second of it silent; the one due at the cut is young");
    }

    [Test]
    public void A_window_of_its_own_can_be_asked_for()
    {
        var run = Struck().Every("orders", 0.1, 0, 2);

        Assert.That(new Availability("orders") { Window = new TimeWindow(S(0.5), S(0.95)) }.Check(run.Until(12)).Share, Is.EqualTo(new Share(5, 5)));
    }

    [Test]
    public void It_is_named_after_its_signal_and_needs_it()
    {
        Assert.That((new Availability().Name, new Availability("front page").Name), Is.EqualTo(("availability", "availability of front page")));
        Assert.That(new Availability().Needs, Is.Empty);
        Assert.That(new Availability("front page").Needs, Is.EqualTo(new[] { "front page" }));
        Assert.That(() => new Availability().Check(new RecordedRun(signal: null).Until(1)), Throws.InvalidOperationException.With.Message.Contains("Name a probe or workload"));
    }

    private RecordedRun Struck() => _run = new RecordedRun().Source("orders").Fault("crash", 10);
}
