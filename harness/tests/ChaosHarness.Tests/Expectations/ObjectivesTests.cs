using ChaosHarness.Expectations;
using ChaosHarness.Experiments;

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

    [Test]
    public void It_reads_back_what_it_writes()
    {
        foreach (var text in new[] { "0 writes", "1 write", "2s", "500 writes, 2s" })
        {
            Assert.That(RecoveryPointObjective.Parse(text).ToString(), Is.EqualTo(text));
        }
    }

    [Test]
    public void Objectives_come_from_text()
    {
        Assert.That(Objectives.Parse("30s", "0 writes", "99.5%"), Is.EqualTo(new Objectives
        {
            Rto = TimeSpan.FromSeconds(30),
            Rpo = new RecoveryPointObjective(0, null),
            Availability = 0.995,
        }));
        Assert.That(Objectives.Parse(null, null, null), Is.EqualTo(Objectives.None));
    }

    [TestCase("99.5")]
    [TestCase("101%")]
    [TestCase("-1%")]
    [TestCase("%")]
    [TestCase("NaN%")]
    public void An_availability_is_a_percentage(string text) =>
        Assert.That(() => Objectives.Parse(null, null, text), Throws.TypeOf<FormatException>().With.Message.Contains("99.5%"));
}
