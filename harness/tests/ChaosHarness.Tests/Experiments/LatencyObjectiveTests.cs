using ChaosHarness.Experiments;

namespace ChaosHarness.Tests.Experiments;

public sealed class LatencyObjectiveTests
{
    [TestCase("p99 500ms", 99, 500, "p99 500ms")]
    [TestCase(" P99.9   2s ", 99.9, 2000, "p99.9 2s")]
    [TestCase("p100 1m", 100, 60_000, "p100 60s")]
    public void It_reads_a_percentile_and_a_duration(string text, double percentile, double milliseconds, string written)
    {
        var objective = LatencyObjective.Parse(text);

        Assert.That(objective, Is.EqualTo(new LatencyObjective(percentile, TimeSpan.FromMilliseconds(milliseconds))));
        Assert.That(objective.ToString(), Is.EqualTo(written));
    }

    [TestCase("")]
    [TestCase("500ms")]
    [TestCase("p99")]
    [TestCase("99 500ms")]
    [TestCase("p0 500ms")]
    [TestCase("p101 500ms")]
    [TestCase("p-1 500ms")]
    [TestCase("pNaN 500ms")]
    [TestCase("p99 0s")]
    [TestCase("p99 soon")]
    public void Anything_else_is_refused_with_how_it_is_written(string text) =>
        Assert.That(() => LatencyObjective.Parse(text), Throws.TypeOf<FormatException>().With.Message.EqualTo($"'{text}' is not a latency objective. Write a percentile and a duration, such as 'p99 500ms'."));
}
