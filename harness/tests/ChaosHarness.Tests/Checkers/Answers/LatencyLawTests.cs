using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Tests.Histories;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Checkers.Answers;

/// <summary>What is counted by chunks, and kept for the next look, is what counting one by one gives.</summary>
public sealed class LatencyLawTests
{
    private static readonly double[] Percentiles = [1, 50, 95, 99, 99.9, 100];

    [Test]
    public void Latencies_of_any_window_of_any_prefix_are_those_of_its_operations() => Gen.Select(Gen.Int, Gen.Int[1, 14_000]).Sample(
        (seed, count) =>
        {
            var run = new RandomRun(seed, count);
            foreach (var until in new[] { run.AnyTime(), run.Whole.Until, run.AnyTime() })
            {
                var operations = run.Whole.Before(until).Of("orders");
                AssertCounted(operations, new TimeWindow(TimeSpan.Zero, run.Whole.Until));
                AssertCounted(operations, new TimeWindow(run.AnyTime(), run.AnyTime()));
            }
        },
        iter: 15);

    private static void AssertCounted(Operations operations, TimeWindow window)
    {
        var latencies = LatencyDistribution.Of(operations, window);
        var due = Enumerable.Range(0, operations.Count).Where(index => window.Contains(operations[index].Due)).ToList();
        var notSent = due.Count(index => operations[index] is { Completed: not null, Verdict: OperationVerdict.NotSent });
        var expected = due.Select(index => LatencyAt(operations, index)).OfType<TimeSpan>().Order().ToList();

        Assert.That((latencies.Count, latencies.NotSent), Is.EqualTo((expected.Count, notSent)));
        Assert.That(latencies.Maximum, Is.EqualTo(expected.Count == 0 ? null : expected[^1]));
        Assert.That(latencies.Buckets.Sum(bucket => bucket.Count), Is.EqualTo(expected.Count));
        foreach (var bucket in latencies.Buckets)
        {
            var upTo = latencies.Buckets.TakeWhile(other => other != bucket).Append(bucket).Sum(other => other.Count);
            Assert.That(upTo, Is.EqualTo(expected.Count(latency => latency <= bucket.Upper)), $"up to {bucket.Upper}");
        }

        foreach (var percentile in expected.Count == 0 ? [] : Percentiles)
        {
            var exact = expected[Math.Max((int)Math.Ceiling(expected.Count * (decimal)percentile / 100) - 1, 0)].TotalMicroseconds;
            var hour = TimeSpan.FromHours(1).TotalMicroseconds;
            Assert.That(latencies.Percentile(percentile)!.Value.TotalMicroseconds, Is.InRange(Math.Min(exact, hour) - 1, (exact * 1.001) + 1), $"p{percentile}");
        }
    }

    private static TimeSpan? LatencyAt(Operations operations, int index) => operations[index] switch
    {
        { Verdict: OperationVerdict.NotSent } => null,
        { Completed: { } completed } operation => completed - operation.Due,
        var operation => operations.StandingOf(index) == Standing.Overdue ? operations.Until - operation.Due : null,
    };
}
