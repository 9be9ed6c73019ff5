using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;
using CsCheck;
using static ChaosHarness.Tests.Checkers.RecordedRun;

namespace ChaosHarness.Tests.Checkers.Answers;

public sealed class LatencyOfTests
{
    [Test]
    public void Percentiles_count_from_when_each_request_was_due()
    {
        var run = Struck();
        for (var k = 0; k < 100; k++)
        {
            // Sent 50 ms late each: that is part of what the caller waits.
            run.Send("orders", 10 + (k * 0.01), 0.1 + (k * 0.001), late: 0.05);
        }

        var finding = new LatencyOf().Check(run.Cut(15).Until(16));

        Assert.That(finding.Latencies.Count, Is.EqualTo(100));
        Assert.That(finding.Latencies.Percentile(50), Is.EqualTo(S(0.149)).Within(S(0.0002)));
        Assert.That(finding.Latencies.Percentile(95), Is.EqualTo(S(0.194)).Within(S(0.0002)));
        Assert.That(finding.Latencies.Percentile(99), Is.EqualTo(S(0.198)).Within(S(0.0002)));
        Assert.That(finding.Latencies.Percentile(100), Is.EqualTo(S(0.199)), "nothing is longer than the longest");
        Assert.That(finding.Latencies.Maximum, Is.EqualTo(S(0.199)));
        Assert.That(finding.ToString(), Is.EqualTo("p50 149ms, p95 194ms, p99 198ms"));
    }

    [Test]
    public void The_steady_state_before_the_strike_is_a_figure_of_its_own_and_ends_with_it()
    {
        // Slower once the weakness of second 4 is there; what the struck run answers counts after second 10 only.
        var run = new RecordedRun().Source("orders").Fault("cut the replica off", 4, isWeakness: true).Fault("crash", 10);
        run.Every("orders", 0.1, 0, 4, due => run.Send("orders", due, 0.005));
        run.Every("orders", 0.1, 4.2, 10, due => run.Send("orders", due, 0.020));
        run.Every("orders", 0.1, 10.1, 15, due => run.Send("orders", due, 0.3));
        // Under way at the strike, or due with it: neither tells of the time before.
        run.Send("orders", 9.99, 4).Send("orders", 9.995, null).Send("orders", 10, 0.3);

        var finding = new LatencyOf().Check(run.Cut(16).Until(17));

        Assert.That(FigureOf(finding, FigureNames.LatencyBefore(50)), Is.EqualTo(0.020).Within(0.0001));
        Assert.That(FigureOf(finding, FigureNames.LatencyBefore(99)), Is.EqualTo(0.020).Within(0.0001));
        Assert.That(FigureOf(finding, FigureNames.Latency(50)), Is.EqualTo(0.3).Within(0.001));
        Assert.That(FigureOf(finding, FigureNames.Latency(100)), Is.EqualTo(0.3).Within(0.001), "the longest");
        Assert.That(finding.Before.Count, Is.EqualTo(58));
    }

    [Test]
    public void A_window_that_is_asked_for_has_nothing_before_it()
    {
        var run = new RecordedRun().Source("orders").Fault("crash", 10);
        run.Every("orders", 0.1, 0, 15);

        var finding = new LatencyOf { Window = new TimeWindow(S(11), S(12)) }.Check(run.Cut(16).Until(17));

        Assert.That(finding.Figures.Select(figure => figure.Name), Has.None.StartsWith("latency before"));
    }

    [Test]
    public void What_could_not_be_sent_is_not_fast()
    {
        var run = Struck();
        for (var k = 0; k < 100; k++)
        {
            if (k < 80)
            {
                run.Send("orders", 10 + (k * 0.01), 0, OperationVerdict.NotSent);
            }
            else
            {
                run.Send("orders", 10 + (k * 0.01), 0.4);
            }
        }

        var finding = new LatencyOf().Check(run.Cut(15).Until(16));

        Assert.That((finding.Latencies.Count, finding.Latencies.NotSent, finding.Latencies.Percentile(50)), Is.EqualTo((20, 80, S(0.4))));
        Assert.That(finding.ToString(), Is.EqualTo("p50 400ms, p95 400ms, p99 400ms (80 could not be sent)"));
    }

    [Test]
    public void When_none_could_be_sent_it_is_unknown_and_no_figure()
    {
        var finding = new LatencyOf().Check(Struck().Send("orders", 11, 0, OperationVerdict.NotSent).Cut(15).Until(16));

        Assert.That((finding.Latencies.Percentile(50), finding.Latencies.Maximum, finding.Figures.Count), Is.EqualTo(((TimeSpan?)null, (TimeSpan?)null, 0)));
        Assert.That(finding.ToString(), Is.EqualTo("unknown, nothing was answered (1 could not be sent)"));
    }

    [Test]
    public void What_is_overdue_counts_with_its_age_and_what_is_young_in_nothing()
    {
        var run = Struck().Send("orders", 11, null).Send("orders", 12, 0.01).Send("orders", 12.95, null).Cut(13);

        var latencies = new LatencyOf().Check(run.Until(14)).Latencies;

        Assert.That((latencies.Count, latencies.Maximum), Is.EqualTo((2, S(2))));
    }

    [Test]
    public void Errors_count_like_good_answers()
    {
        var run = Struck().Send("orders", 11, 0.3, OperationVerdict.Error).Send("orders", 12, 0.1, OperationVerdict.Slow).Cut(13);

        Assert.That(new LatencyOf().Check(run.Until(14)).Latencies.Count, Is.EqualTo(2));
    }

    [Test]
    public void The_window_has_both_ends_and_only_the_disaster_counts_where_none_is_named()
    {
        var run = Struck().Every("orders", 1, 5, 20).Cut(14);
        var history = run.Until(20);

        Assert.That(new LatencyOf().Check(history).Latencies.Count, Is.EqualTo(4), "10 to 13; the one due at the cut is young");
        Assert.That(new LatencyOf("orders") { Window = new TimeWindow(S(6), S(9)) }.Check(history).Latencies.Count, Is.EqualTo(4));
        Assert.That(new LatencyOf().Check(new RecordedRun().Source("orders").Every("orders", 1, 0, 5).Until(9)).Latencies.Count, Is.Zero);
    }

    [Test]
    public void Its_figures_are_the_usual_percentiles_the_longest_and_the_one_asked_for()
    {
        var history = Struck().Send("orders", 11, 0.1).Cut(13).Until(14);

        Assert.That(new LatencyOf().Check(history).Figures, Is.EqualTo(new[] { 50, 95, 99, 100 }.Select(p => Figure.Exact($"latency p{p}", "orders", Unit.Seconds, 0.1))));
        Assert.That(new LatencyOf { Also = 99.9 }.Check(history).Figures.Select(figure => figure.Name), Is.EqualTo(new[] { "latency p50", "latency p95", "latency p99", "latency p99.9", "latency p100" }));
        Assert.That(new LatencyOf { Also = 95 }.Check(history).Figures, Has.Count.EqualTo(4));
        Assert.That(new LatencyOf { Also = 10 }.Check(history).Figures[0].Name, Is.EqualTo("latency p10"));
    }

    [Test]
    public void It_is_named_after_its_signal_and_needs_it()
    {
        Assert.That((new LatencyOf().Name, new LatencyOf("front page").Name), Is.EqualTo(("latency", "latency of front page")));
        Assert.That(new LatencyOf().Needs, Is.Empty);
        Assert.That(new LatencyOf("front page").Needs, Is.EqualTo(new[] { "front page" }));
    }

    // Binary 99.9 is a little more than 99.9: of 1000 it asks for 1000, where 999 are enough.
    [TestCase(60, 99, 60)]
    [TestCase(1000, 99.9, 999)]
    [TestCase(1000, 99.91, 1000)]
    [TestCase(100, 29, 29)]
    public void Ranks_are_counted_as_the_percentile_is_written(int count, double percentile, int rank)
    {
        var run = new RecordedRun().Source("orders", timeout: 100);
        for (var k = 0; k < count; k++)
        {
            run.Send("orders", k * 0.001, (k + 1) * 0.000010);
        }

        var actual = LatencyDistribution.Of(run.Until(70).Of("orders"), new TimeWindow(TimeSpan.Zero, S(1))).Percentile(percentile);
        Assert.That(actual!.Value.TotalMicroseconds, Is.EqualTo(rank * 10).Within(rank * 0.01));
    }

    [TestCase(1, 300, 200)]
    [TestCase(4_090, 5_000, 20, Description = "Many are counted another way.")]
    public void Percentiles_are_those_of_the_sorted_latencies_within_three_figures(int least, int most, int times) =>
        // As many short ones as long ones, and every step in between.
        Gen.Select(Gen.Double[0, Math.Log2(60_000_000)].Select(power => (int)Math.Pow(2, power)).List[least, most], Gen.Double[0.1, 100]).Sample((microseconds, percentile) =>
        {
            var run = new RecordedRun().Source("orders", timeout: 100);
            for (var k = 0; k < microseconds.Count; k++)
            {
                run.Send("orders", k * 0.0002, microseconds[k] / 1e6);
            }

            var latencies = LatencyDistribution.Of(run.Until(70).Of("orders"), new TimeWindow(TimeSpan.Zero, S(1)));
            microseconds.Sort();
            var exact = microseconds[(int)Math.Ceiling(microseconds.Count * percentile / 100 - 1e-9) - 1];
            var actual = latencies.Percentile(percentile)!.Value.TotalMicroseconds;
            return latencies.Count == microseconds.Count
                && actual >= exact - 1 && actual <= (exact * 1.001) + 1
                && latencies.Buckets.Select(bucket => bucket.Upper).SequenceEqual(latencies.Buckets.Select(bucket => bucket.Upper).Distinct().Order())
                && latencies.Buckets.All(bucket => latencies.Buckets.Where(other => other.Upper <= bucket.Upper).Sum(other => other.Count) == microseconds.Count(value => value <= bucket.Upper.TotalMicroseconds));
        }, iter: times);

    private static RecordedRun Struck() => new RecordedRun().Source("orders").Fault("crash", 10);

    private static double FigureOf(LatencyFinding finding, string name) => finding.Figures.Single(figure => figure.Name == name).Lower!.Value;
}
