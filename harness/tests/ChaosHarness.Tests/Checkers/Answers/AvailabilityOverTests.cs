using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Answers;

/// <summary>When an experiment would be halted, at 200 requests a second and four looks a second, the fault at 20 s.</summary>
public sealed class AvailabilityOverTests
{
    private const double Strike = 20;
    private const double Glance = 0.05;

    // Half of what was due in the last 2 s; nine tenths in the last 10 s; 99 percent in the last 2 s. Nothing is judged before that time has passed.
    [TestCase("50%", 2.0, 15.0, 2.05)]
    [TestCase("90%", 10.0, 15.0, 10.05)]
    [TestCase("99%", 2.0, 15.0, 2.05)]
    [TestCase("50%", 2.0, 300.0, 2.05)]
    [TestCase("50%", 2.0, 1.0, 2.05)]
    public void A_system_that_hangs_at_once_is_halted_as_soon_as_the_time_has_passed_whatever_the_time_out(string least, double over, double timeout, double expected) =>
        Assert.That(HaltedAfter(least, over, timeout, Strike, Hanging(Strike)), Is.EqualTo(expected).Within(0.11));

    [TestCase("50%", 2.0, 1.2)]
    [TestCase("90%", 10.0, 1.3)]
    [TestCase("99%", 2.0, 0.3)]
    public void A_system_that_hangs_later_is_halted_by_its_silence(string least, double over, double expected)
    {
        const double Hangs = Strike + 12;

        Assert.That(Strike + HaltedAfter(least, over, 15, Hangs, Hanging(Hangs)) - Hangs, Is.EqualTo(expected).Within(0.15));
    }

    [Test]
    public void One_slow_answer_among_many_does_not_put_the_halt_off()
    {
        const double Hangs = Strike + 12;
        var took = Hanging(Hangs);

        Assert.That(Strike + HaltedAfter("50%", 2, 15, Hangs, due => Math.Abs(due - (Hangs - 4)) < 0.002 ? 3 : took(due)) - Hangs, Is.EqualTo(1.2).Within(0.15));
    }

    [Test]
    public void A_system_that_is_slow_for_long_and_answers_is_not_halted() =>
        Assert.That(HaltedAfter("99%", 2, 15, 0, _ => 2), Is.Null);

    [Test]
    public void A_latency_that_doubles_every_three_seconds_is_not_silence() =>
        Assert.That(HaltedAfter("50%", 2, 15, 0, due => 0.05 * Math.Pow(2, Math.Clamp(Math.Floor((due - Strike) / 3), 0, 5))), Is.Null);

    [Test]
    public void One_in_a_hundred_that_takes_longer_is_not_silence() =>
        Assert.That(HaltedAfter("99%", 2, 15, 0, due => (long)Math.Round(due * 200) % 100 == 0 ? 0.15 : 0.005), Is.Null);

    [Test]
    public void A_time_that_is_shorter_than_what_answers_take_is_looked_back_on_from_where_something_is_known()
    {
        const double Hangs = Strike + 5;

        Assert.That(Strike + HaltedAfter("50%", 0.1, 15, Hangs, Hanging(Hangs)) - Hangs, Is.EqualTo(0.3).Within(0.15));
        Assert.That(HaltedAfter("50%", 0.1, 15, 0, _ => 0.2), Is.Null);
    }

    [Test]
    public void Nothing_is_known_before_anything_struck_and_a_weakness_is_a_strike()
    {
        var run = new RecordedRun().Source("orders").Fault("lag", 5, isWeakness: true).Fault("crash", 8);
        run.Every("orders", 0.1, 0, 10, due => run.Send("orders", due, 0, OperationVerdict.Error));
        var over = new AvailabilityOver("orders", S(2));

        Assert.That(over.In(run.Until(4.9)), Is.Null);
        Assert.That(over.In(run.Until(6.95)), Is.Null, "1.95 s after the weakness");
        Assert.That(over.In(run.Until(7.05)), Is.EqualTo(new Share(0, 20)));
    }

    [Test]
    public void A_source_that_was_due_nothing_is_not_good()
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 5);

        Assert.That(new AvailabilityOver("orders", S(2)).In(run.Until(20)), Is.Null);
    }

    [Test]
    public void A_source_that_nobody_knows_is_named() =>
        Assert.That(() => new AvailabilityOver("odrers", S(2)).In(new RecordedRun().Source("orders").Fault("crash", 5).Until(20)), Throws.ArgumentException.With.Message.Contains("orders"));

    // Requests of 5 ms each, and then silence.
    private static Func<double, double?> Hanging(double from) => due => due + 0.005 < from ? 0.005 : null;

    private static double? HaltedAfter(string least, double over, double timeout, double looksFrom, Func<double, double?> took)
    {
        const double End = Strike + 25;
        var run = new RecordedRun().Source("orders", timeout).Fault("crash", Strike);
        run.Every("orders", 0.005, Math.Max(0, Math.Min(looksFrom, Strike) - 12), End, due => run.Send("orders", due, took(due)));
        var checks = new AvailabilityOver("orders", S(over));
        for (var at = Strike; at < End; at += Glance)
        {
            if (checks.In(run.Until(at)) is { } share && !share.IsAtLeast(Percentage.Parse(least)))
            {
                return at - Strike;
            }
        }

        return null;
    }
}
