using ChaosHarness.Histories;
using ChaosHarness.Timing;
using Microsoft.Extensions.Time.Testing;

namespace ChaosHarness.Tests.Histories;

public sealed class HistoryTests
{
    private FakeTimeProvider _time = null!;
    private HistoryWriter _writer = null!;

    [SetUp]
    public void Begin()
    {
        _time = new FakeTimeProvider();
        _writer = new HistoryWriter(new RunClock(_time));
    }

    [Test]
    public void An_answer_that_was_noted_after_a_look_is_no_part_of_what_that_look_saw()
    {
        var orders = _writer.Source(new SourceSettings("orders", Seconds(5)));
        orders.Invoke(orders.Enter(Seconds(1)), Seconds(1));
        _time.Advance(Seconds(2));
        var look = _writer.Look();
        // Stamped before the look, noted after it.
        orders.Complete(0, Seconds(1.9), OperationVerdict.Good);
        _time.Advance(Seconds(1));

        var whole = _writer.Look();
        Assert.That((look.Of("orders")[0].IsOpen, whole.Before(Seconds(2)).Of("orders")[0].IsOpen), Is.EqualTo((true, true)));
        Assert.That(whole.Of("orders")[0].Completed, Is.EqualTo(Seconds(2) + TimeSpan.FromTicks(1)));
    }

    [Test]
    public void Only_the_first_completion_counts()
    {
        var orders = _writer.Source(new SourceSettings("orders", Seconds(5)));
        orders.Invoke(orders.Enter(Seconds(1)), Seconds(1));
        orders.Complete(0, Seconds(2), OperationVerdict.Error, "no answer within 1s");
        var again = orders.Complete(0, Seconds(3), OperationVerdict.Good);
        _time.Advance(Seconds(4));

        var operation = _writer.Look().Of("orders")[0];
        Assert.That((again, orders.Dropped, operation.Verdict, operation.Completed, operation.Detail), Is.EqualTo((false, 1, OperationVerdict.Error, Seconds(2), "no answer within 1s")));
    }

    [Test]
    public void What_is_open_at_the_cut_stays_open_there_whatever_it_answers_later()
    {
        var orders = _writer.Source(new SourceSettings("orders", Seconds(5)));
        orders.Invoke(orders.Enter(Seconds(1)), Seconds(1));
        _time.Advance(Seconds(2));
        var cut = _writer.Cut();
        _time.Advance(Seconds(1));
        orders.Complete(0, Seconds(3), OperationVerdict.Good);
        var history = _writer.Look();

        Assert.That((cut, history.Cut, history.AtCut.Of("orders").StandingOf(0), history.Of("orders").StandingOf(0)), Is.EqualTo((Seconds(2), Seconds(2), Standing.Overdue, Standing.Good)));
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
        _time.Advance(Seconds(7.9));
        var young = _writer.Look().Of("orders").StandingOf(100);
        _time.Advance(Seconds(0.2));
        var overdue = _writer.Look().Of("orders").StandingOf(100);

        Assert.That((young, overdue), Is.EqualTo((Standing.Young, Standing.Overdue)));
    }

    [Test]
    public void Windows_over_many_operations_count_what_a_plain_loop_counts()
    {
        var orders = _writer.Source(new SourceSettings("orders", Seconds(5)));
        var random = new Random(7);
        for (var i = 0; i < 20_000; i++)
        {
            var due = Seconds(i * 0.001);
            orders.Enter(due);
            if (random.Next(50) > 0)
            {
                orders.Invoke(i, due);
                orders.Complete(i, due + Seconds(random.NextDouble() * 0.1), random.Next(4) == 0 ? OperationVerdict.Error : OperationVerdict.Good, "no");
            }
        }

        _time.Advance(Seconds(25));
        foreach (var until in new[] { 25, 19, 12.3 })
        {
            var operations = _writer.Look().Before(Seconds(until)).Of("orders");
            var window = new TimeWindow(Seconds(3.0004), Seconds(18.2));
            long good = 0, bad = 0, young = 0;
            for (var i = 0; i < operations.Count; i++)
            {
                if (window.Contains(operations[i].Due))
                {
                    _ = operations.StandingOf(i) switch { Standing.Good => good++, Standing.Young => young++, _ => bad++ };
                }
            }

            Assert.That(operations.TallyOf(window), Is.EqualTo(new Tally(good, bad, young)));
        }
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
