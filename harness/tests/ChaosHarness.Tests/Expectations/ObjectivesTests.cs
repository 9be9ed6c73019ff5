using ChaosHarness.Expectations;

namespace ChaosHarness.Tests.Expectations;

public sealed class ObjectivesTests
{
    [TestCase("0 writes", 0L, null)]
    [TestCase("1 write", 1L, null)]
    [TestCase("2s", null, 2.0)]
    [TestCase("500 writes, 2s", 500L, 2.0)]
    [TestCase("2s,500 writes", 500L, 2.0)]
    public void A_recovery_point_objective_is_writes_time_or_both(string text, long? writes, double? seconds) =>
        Assert.That(RecoveryPointObjective.Parse(text), Is.EqualTo(new RecoveryPointObjective(writes, seconds is { } s ? TimeSpan.FromSeconds(s) : null)));

    [TestCase("")]
    [TestCase("none")]
    [TestCase("-1 writes")]
    [TestCase("0 writes, 1 writes")]
    [TestCase("1s, 2s")]
    [TestCase("0 writes,")]
    [TestCase(null)]
    public void Anything_else_is_refused_with_examples(string? text) =>
        Assert.That(() => RecoveryPointObjective.Parse(text!), Throws.TypeOf<FormatException>().With.Message.Contains("500 writes, 2s"));

    [Test]
    public void Both_bounds_have_to_be_kept()
    {
        var both = RecoveryPointObjective.Parse("10 writes, 2s");

        Assert.That(both.IsMetBy(10, TimeSpan.FromSeconds(2)), Is.True);
        Assert.That(both.IsMetBy(11, TimeSpan.FromSeconds(1)), Is.False);
        Assert.That(both.IsMetBy(1, TimeSpan.FromSeconds(2.001)), Is.False);
        Assert.That(RecoveryPointObjective.Parse("2s").IsMetBy(1_000_000, TimeSpan.FromSeconds(2)), Is.True);
        Assert.That(RecoveryPointObjective.Parse("0 writes").IsMetBy(1, TimeSpan.FromSeconds(0)), Is.False);
    }

    [TestCase("0 writes")]
    [TestCase("1 write")]
    [TestCase("2s")]
    [TestCase("500 writes, 2s")]
    [TestCase("1 write, 1.23456s")]
    public void It_reads_back_what_it_writes(string text) => Assert.That(RecoveryPointObjective.Parse(text).ToString(), Is.EqualTo(text));

    [Test]
    public void Objectives_come_from_text()
    {
        Assert.That(Objectives.Parse("30s", "0 writes", "99.5%", "p99 500ms", "90s"), Is.EqualTo(new Objectives
        {
            Rto = TimeSpan.FromSeconds(30),
            Rpo = new RecoveryPointObjective(0, null),
            Availability = 0.995,
            Latency = new LatencyObjective(99, TimeSpan.FromMilliseconds(500)),
            Ttd = TimeSpan.FromSeconds(90),
        }));
        Assert.That(Objectives.Parse(null, null, null), Is.EqualTo(Objectives.None));
    }

    [Test]
    public void They_are_short_for_expectations_that_read_the_same_when_spelt_out()
    {
        Assert.That(Objectives.None.Expectations, Is.Empty);
        Assert.That(Objectives.Parse("10s", "0 writes", "99.9%", "p99 800ms", "3s").Expectations, Is.EqualTo(new[]
        {
            Recovered.Within("10s"), Lost.AtMost("0 writes"), Available.AtLeast(0.999), Answered.Percentile(99).Within("0.8s"), Detected.Within("3000ms"),
        }));
        Assert.That(Objectives.Parse("10s", "0 writes", "99.9%", "p99.9 800ms", "3s").Expectations.Select(expectation => expectation.Text), Is.EqualTo(new[]
        {
            "recovered within 10s", "lost at most 0 writes", "available at least 99.9%", "answered with p99.9 within 800ms", "detected within 3s",
        }));
    }

    [TestCase("99.5")]
    [TestCase("101%")]
    [TestCase("-1%")]
    [TestCase("%")]
    [TestCase("NaN%")]
    public void An_availability_is_a_percentage(string text) =>
        Assert.That(() => Objectives.Parse(null, null, text), Throws.TypeOf<FormatException>().With.Message.Contains("99.5%"));

    [TestCase("p99 500ms", 99, 0.5)]
    [TestCase("P99.9 2s", 99.9, 2)]
    [TestCase(" p50  1m ", 50, 60)]
    [TestCase("p100 1s", 100, 1)]
    public void A_latency_objective_is_a_percentile_and_a_time(string text, double percentile, double seconds) =>
        Assert.That(LatencyObjective.Parse(text), Is.EqualTo(new LatencyObjective(percentile, TimeSpan.FromSeconds(seconds))));

    [TestCase("500ms")]
    [TestCase("99 500ms")]
    [TestCase("p99")]
    [TestCase("p0 500ms")]
    [TestCase("p101 500ms")]
    [TestCase("p99 soon")]
    [TestCase("px 500ms")]
    [TestCase("pNaN 500ms")]
    [TestCase("")]
    [TestCase(null)]
    public void Any_other_latency_is_refused_with_an_example(string? text) =>
        Assert.That(() => LatencyObjective.Parse(text!), Throws.TypeOf<FormatException>().With.Message.Contains("p99 500ms"));

    [Test]
    public void A_latency_objective_reads_back_what_it_writes() => Assert.That(LatencyObjective.Parse("p99.9 1.2s").ToString(), Is.EqualTo("p99.9 1.2s"));

    [Test]
    public void A_duration_that_is_none_is_refused_with_examples()
    {
        Assert.That(() => Objectives.Parse("soon", null, null), Throws.TypeOf<FormatException>().With.Message.Contains("30s"));
        Assert.That(() => Objectives.Parse(null, null, null, null, "soon"), Throws.TypeOf<FormatException>().With.Message.Contains("30s"));
    }
}
