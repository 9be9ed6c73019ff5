using ChaosHarness.Histories;
using ChaosHarness.Systems;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Histories;

public sealed class HistoryTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);
    private FakeTimeProvider _time = null!;
    private HistoryWriter _writer = null!;

    [SetUp]
    public void Begin()
    {
        _time = new FakeTimeProvider();
        _writer = new HistoryWriter(new RunClock(_time)) { Signal = "orders", Stability = new Stability(3, Seconds(2)) };
    }

    [Test]
    public void An_answer_that_was_noted_after_a_look_is_no_part_of_what_that_look_saw()
    {
        var orders = Orders();
        orders.Invoke(orders.Enter(Seconds(1)), Seconds(1));
        var look = Look(2);
        // Stamped before the look, noted after it.
        orders.Complete(0, Seconds(1.9), OperationVerdict.Good);

        var whole = Look(3);
        Assert.That((look.Of("orders")[0].IsOpen, whole.Before(Seconds(2)).Of("orders")[0].IsOpen), Is.EqualTo((true, true)));
        Assert.That(whole.Of("orders")[0].Completed, Is.EqualTo(Seconds(2) + Tick));
    }

    [Test]
    public void Two_looks_at_one_time_see_the_same()
    {
        var orders = Orders();
        _time.Advance(Seconds(1));
        var first = _writer.Look();
        orders.Enter(Seconds(1));
        var second = _writer.Look();

        Assert.That((first.Until, second.Until, second.Of("orders").Count, Look(2).Of("orders").Count), Is.EqualTo((Seconds(1), Seconds(1), 0, 1)));
    }

    [Test]
    public void A_prefix_up_to_later_than_a_history_is_that_history()
    {
        var history = Look(2);

        Assert.That(new[] { history.Before(Seconds(2)), history.Before(TimeSpan.MaxValue) }, Is.All.SameAs(history));
        Assert.That(history.Before(Seconds(2) - Tick).Until, Is.EqualTo(Seconds(2) - Tick));
    }

    [Test]
    public void What_is_open_at_the_cut_stays_open_there_whatever_it_answers_later()
    {
        var orders = Orders();
        orders.Invoke(orders.Enter(Seconds(1)), Seconds(1));
        _time.Advance(Seconds(2));
        var cut = _writer.Cut();
        _time.Advance(Seconds(1));
        orders.Complete(0, Seconds(3), OperationVerdict.Good);
        var history = _writer.Look();

        Assert.That((cut, history.Cut, history.AtCut.Until, history.AtCut.Cut), Is.EqualTo((Seconds(2), Seconds(2), Seconds(2), Seconds(2))));
        Assert.That((history.AtCut.Of("orders").StandingOf(0), history.Of("orders").StandingOf(0)), Is.EqualTo((Standing.Overdue, Standing.Good)));
    }

    [Test]
    public void What_came_before_the_cut_and_is_noted_after_it_came_after_it()
    {
        var orders = Orders();
        orders.Invoke(orders.Enter(Seconds(1)), Seconds(1));
        _time.Advance(Seconds(2));
        _writer.Cut();
        orders.Complete(0, Seconds(1.9), OperationVerdict.Good);
        _writer.Add(new Mark(Seconds(1.9), MarkKind.Note, "test", "late"));

        var history = Look(3);
        Assert.That((history.AtCut.Of("orders")[0].IsOpen, history.AtCut.Marks.Count, history.Of("orders")[0].Completed, history.Marks.Count), Is.EqualTo((true, 0, Seconds(2) + Tick, 1)));
    }

    [Test]
    public void The_first_cut_counts()
    {
        _time.Advance(Seconds(2));
        _writer.Cut();
        _time.Advance(Seconds(1));

        Assert.That((_writer.Cut(), _writer.Look().Cut), Is.EqualTo((Seconds(2), Seconds(2))));
    }

    [Test]
    public void A_look_before_the_cut_goes_on_seeing_none()
    {
        var look = Look(2);
        var cut = _writer.Cut();

        Assert.That((look.Cut, look.AtCut, cut), Is.EqualTo(((TimeSpan?)null, look, Seconds(2) + Tick)));
        Assert.That((_writer.Look().Cut, _writer.Look().Before(Seconds(2)).Cut), Is.EqualTo((cut, (TimeSpan?)null)));
    }

    [Test]
    public void A_source_is_found_by_its_name_and_a_name_that_is_none_says_which_there_are()
    {
        Orders();
        _writer.Source(new SourceSettings("front page", Seconds(1)));
        var history = Look(1);

        Assert.That((history.Of("front page").Source, history.Of("front page").Settings.Timeout, history.Find("back page")), Is.EqualTo(("front page", Seconds(1), (Operations?)null)));
        Assert.That(history.Sources.Select(operations => operations.Source), Is.EqualTo(new[] { "orders", "front page" }));
        Assert.That(() => history.Of("back page"), Throws.ArgumentException.With.Message.Contains("'back page'").And.Message.Contains("'orders', 'front page'"));
    }

    [Test]
    public void A_source_has_a_name_of_its_own_and_a_time_out()
    {
        Orders();

        Assert.That(Orders, Throws.ArgumentException.With.Message.Contains("'orders' already"));
        Assert.That(() => _writer.Source(new SourceSettings("front page", TimeSpan.Zero)), Throws.ArgumentException.With.Message.Contains("'front page'"));
        Assert.That(Look(1).Sources, Has.Count.EqualTo(1));
    }

    [Test]
    public void A_history_says_what_the_run_judges_by()
    {
        Assert.That((Look(1).Signal, Look(1).Stability), Is.EqualTo(("orders", new Stability(3, Seconds(2)))));
        Assert.That(new HistoryWriter(new RunClock(_time)).Look().Stability, Is.EqualTo(new Stability(10, Seconds(1))));
    }

    [TestCase(null, 5)]
    [TestCase(2.0, 2)]
    [TestCase(9.0, 5)]
    public void Silence_is_bad_no_later_than_the_slow_threshold_or_the_time_out(double? slow, double limit)
    {
        var orders = _writer.Source(new SourceSettings("orders", Seconds(5), slow is { } threshold ? Seconds(threshold) : null));
        orders.Complete(orders.Enter(Seconds(1)), Seconds(5), OperationVerdict.Good);

        Assert.That((Look(6).Of("orders").OverdueAfter, orders.Settings.Limit), Is.EqualTo((Seconds(limit), Seconds(limit))));
    }

    [Test]
    public void Silence_is_young_until_it_is_longer_than_twice_what_answers_take()
    {
        var orders = _writer.Source(new SourceSettings("orders", Seconds(15)));
        for (var i = 0; i < 100; i++)
        {
            orders.Invoke(orders.Enter(Seconds(i * 0.05)), Seconds(i * 0.05));
            orders.Complete(i, Seconds((i * 0.05) + 1), OperationVerdict.Good);
        }

        orders.Invoke(orders.Enter(Seconds(6)), Seconds(6));

        Assert.That((Look(7.9).Of("orders").StandingOf(100), Look(8.1).Of("orders").StandingOf(100)), Is.EqualTo((Standing.Young, Standing.Overdue)));
    }

    [Test]
    public void Silence_is_overdue_once_it_is_longer_than_a_quarter_of_a_second_where_nothing_was_answered()
    {
        var orders = Orders();
        orders.Invoke(orders.Enter(Seconds(1)), Seconds(1));

        Assert.That((Look(1.25).Of("orders").StandingOf(0), (Look(1.25) is var same && same.Of("orders").TallyOf(new TimeWindow(default, Seconds(9))) == new Tally(0, 0, 1))), Is.EqualTo((Standing.Young, true)));
        _time.Advance(Tick);
        Assert.That(_writer.Look().Of("orders").StandingOf(0), Is.EqualTo(Standing.Overdue));
    }

    [Test]
    public void Signals_are_in_the_order_in_which_they_were_received()
    {
        _writer.Add(Signal("b", 2, 3));
        _writer.Add(Signal("a", 1, 2));
        _writer.Add(Signal("c", 3, 3));

        var history = Look(4);
        Assert.That(history.Signals, Is.EqualTo(new[] { Signal("a", 1, 2), Signal("b", 2, 3), Signal("c", 3, 3) }));
        Assert.That(history.Before(Seconds(2)).Signals, Is.EqualTo(new[] { Signal("a", 1, 2) }));
        Assert.That(history.Before(Seconds(2) - Tick).Signals, Is.Empty);
    }

    [Test]
    public void A_signal_that_is_noted_after_a_look_keeps_its_times_and_is_no_part_of_it()
    {
        var look = Look(2);
        _writer.Add(Signal("a", 1, 1.5));

        Assert.That((look.Signals.Count, Look(3).Before(Seconds(2)).Signals.Count), Is.EqualTo((0, 0)));
        Assert.That((Look(3).Signals[0].Earliest, Look(3).Signals[0].Latest), Is.EqualTo((Seconds(1), Seconds(1.5))));
    }

    [Test]
    public void A_signal_was_not_seen_otherwise_after_it_was_received()
    {
        _writer.Add(Signal("a", 5, 3));

        Assert.That((Look(6).Signals[0].Earliest, Look(6).Signals[0].Latest), Is.EqualTo((Seconds(3), Seconds(3))));
    }

    [Test]
    public void Whoever_listens_receives_each_signal_as_the_history_has_it()
    {
        var received = new List<SignalEvent>();
        Look(2);
        _writer.Add(Signal("nobody listens", 1, 1));
        _writer.Signalled += received.Add;
        _writer.Add(Signal("a", 1, 1));

        Assert.That(received, Is.EqualTo(Look(3).Signals.Skip(1)).And.Count.EqualTo(1));
    }

    [Test]
    public void Marks_are_in_the_order_in_which_they_became_known()
    {
        var (early, late, later) = (Mark("early", 1), Mark("late", 1), Mark("later", 4));
        _writer.Add(later);
        _writer.Add(early);
        var look = Look(2);
        _writer.Add(late);

        Assert.That(look.Marks, Is.EqualTo(new[] { early }));
        Assert.That(Look(5).Before(Seconds(2)).Marks, Is.EqualTo(new[] { early }));
        Assert.That(Look(5).Before(Seconds(3)).Marks, Is.EqualTo(new[] { early, late }));
        Assert.That(Look(5).Marks, Is.EqualTo(new[] { early, late, later }));
    }

    [Test]
    public void An_index_beyond_what_was_seen_is_refused()
    {
        _writer.Add(Mark("early", 1));
        _writer.Add(Mark("late", 3));
        var marks = Look(2).Marks;

        Assert.That(() => marks[1], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => marks[-1], Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(marks[0].Detail, Is.EqualTo("early"));
    }

    [Test]
    public void Nothing_is_noted_of_nothing()
    {
        Assert.That(() => _writer.Add((Mark)null!), Throws.ArgumentNullException);
        Assert.That(() => _writer.Add((SignalEvent)null!), Throws.ArgumentNullException);
        Assert.That(() => _writer.Add((FaultWindow)null!), Throws.ArgumentNullException);
        Assert.That(() => _writer.Source(null!), Throws.ArgumentNullException);
        Assert.That(() => new HistoryWriter(null!), Throws.ArgumentNullException);
        Assert.That(() => Orders().EndReadBack(null!), Throws.ArgumentNullException);
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);

    private static SignalEvent Signal(string source, double earliest, double latest) => new(source, SignalKind.Detected, "opened", Seconds(earliest), Seconds(latest));

    private static Mark Mark(string detail, double at) => new(Seconds(at), MarkKind.Note, "test", detail);

    private OperationWriter Orders() => _writer.Source(new SourceSettings("orders", Seconds(5)));

    private History Look(double at)
    {
        var ahead = Seconds(at) - (_time.GetUtcNow() - _time.Start);
        if (ahead > TimeSpan.Zero)
        {
            _time.Advance(ahead);
        }

        return _writer.Look();
    }
}
