using ChaosHarness.Histories;
using ChaosHarness.Measurement;
using ChaosHarness.Probes;
using ChaosHarness.Timing;
using CsCheck;

namespace ChaosHarness.Tests.Measurement;

public sealed class RecoveryTimeTests
{
    private static readonly Stability Quick = new(3, TimeSpan.FromMilliseconds(20));

    // A system that is down from a to b, probed every interval, with whatever latencies: the truth must lie inside the bounds.
    [Test]
    public void The_true_recovery_time_lies_inside_the_bounds() => Gen.Select(
        Gen.Double[0.5, 50],
        Gen.Double[0, 20],
        Gen.Double[0, 500],
        Gen.Double[0, 5],
        Gen.Int[0, int.MaxValue]).Sample((intervalMs, injectionMs, outageMs, jitterMs, seed) =>
    {
        var random = new Random(seed);
        var injection = new TimeWindow(Ms(100), Ms(100 + injectionMs));
        // It goes down at some moment of the injection, as nobody knows when exactly.
        var down = Ms(100 + (injectionMs * random.NextDouble()));
        var up = down + Ms(outageMs);
        var observations = new List<Observation>();
        for (var k = 0; k * intervalMs < 100 + injectionMs + outageMs + 2000; k++)
        {
            var due = Ms(k * intervalMs);
            var sent = due + Ms(jitterMs * random.NextDouble());
            var looked = sent + Ms(jitterMs * random.NextDouble());
            var completed = looked + Ms(jitterMs * random.NextDouble());
            var isDown = looked >= down && looked < up;
            observations.Add(new Observation(k, due, sent, completed, isDown ? OperationVerdict.Error : OperationVerdict.Good));
        }

        var recovery = RecoveryTime.Measure(observations, injection, observations[^1].Due, Quick);
        var truth = up - down;
        return recovery.Recovered
            && recovery.Actual.Contains(truth)
            && (!recovery.Interrupted || recovery.Actual.Width <= Ms(intervalMs + injectionMs + (3 * jitterMs) + 0.001));
    });

    [Test]
    public void Bounds_come_from_the_last_bad_due_time_and_the_first_good_completion()
    {
        var recovery = RecoveryTime.Measure(Series("gggbbbggggg"), new TimeWindow(Ms(25), Ms(28)), Ms(1000), Quick);

        Assert.That(recovery.Actual.Lower, Is.EqualTo(Ms(50 - 28)));
        Assert.That(recovery.Actual.Upper, Is.EqualTo(Ms(61 - 25)));
        Assert.That(recovery.Interrupted, Is.True);
        Assert.That(recovery.Outages, Is.EqualTo(1));
        Assert.That(recovery.LastBad, Is.EqualTo(Ms(50)));
        Assert.That(recovery.StableFrom, Is.EqualTo(Ms(61)));
    }

    [Test]
    public void A_system_that_never_comes_back_has_no_upper_bound()
    {
        var recovery = RecoveryTime.Measure(Series("gggbbbbbbbb"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick);

        Assert.That(recovery.Recovered, Is.False);
        Assert.That(recovery.Actual.Upper, Is.Null);
        Assert.That(recovery.Actual.Lower, Is.EqualTo(Ms(100 - 25)));
        Assert.That(recovery.Interrupted, Is.True);
        Assert.That(recovery.ToString(), Does.StartWith("not recovered after"));
    }

    [Test]
    public void One_that_was_well_too_shortly_is_unrecovered_up_to_when_it_was_last_seen() =>
        Assert.That(RecoveryTime.Measure(Series("gggbbgg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick).Actual, Is.EqualTo(new Bounds(Ms(60 - 25), null)));

    [Test]
    public void So_many_good_observations_are_needed_however_little_time_they_span()
    {
        Assert.That(RecoveryTime.Measure(Series("gggbgggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), new Stability(5, TimeSpan.Zero)).Recovered, Is.False);
        Assert.That(RecoveryTime.Measure(Series("gggbggggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), new Stability(5, TimeSpan.Zero)).Recovered, Is.True);
        Assert.That(RecoveryTime.Measure(Series("gggb"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), new Stability(0, TimeSpan.Zero)).Recovered, Is.False, "none is never enough");
    }

    [Test]
    public void When_nothing_was_seen_before_the_injection_the_blind_spots_begin_with_the_first()
    {
        var recovery = RecoveryTime.Measure(Series("ggggg"), new TimeWindow(Ms(-5), Ms(-5)), Ms(1000), Quick);

        Assert.That(recovery.Actual, Is.EqualTo(new Bounds(TimeSpan.Zero, Ms(11))));
    }

    [Test]
    public void The_blind_spot_around_the_injection_counts_too()
    {
        Observation[] observations = [.. Series("gg"), .. Enumerable.Range(2, 6).Select(k => new Observation(k, Ms((10 * k) + 50), Ms((10 * k) + 50), Ms((10 * k) + 51), OperationVerdict.Good))];

        // Due at 10, next answered at 71.
        Assert.That(RecoveryTime.Measure(observations, new TimeWindow(Ms(30), Ms(30)), Ms(1000), Quick).Actual.Upper, Is.EqualTo(Ms(61)));
    }

    [Test]
    public void What_is_due_just_at_the_end_of_observing_counts() =>
        Assert.That(RecoveryTime.Measure(Series("gggggggb"), new TimeWindow(Ms(25), Ms(25)), Ms(70), Quick).Interrupted, Is.True);

    [Test]
    public void What_was_answered_just_as_the_injection_began_may_have_felt_it() =>
        Assert.That(RecoveryTime.Measure(Series("ggbggggg"), new TimeWindow(Ms(21), Ms(25)), Ms(1000), Quick).Interrupted, Is.True);

    [Test]
    public void A_good_run_that_is_too_short_is_no_recovery()
    {
        Assert.That(RecoveryTime.Measure(Series("gggbbgg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick).Recovered, Is.False, "2 of 3 observations");
        Assert.That(RecoveryTime.Measure(Series("gggbbggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick).Recovered, Is.True, "3 observations over 21 ms");
        Assert.That(RecoveryTime.Measure(Series("gggbbggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), new Stability(3, Ms(22))).Recovered, Is.False, "not long enough");
        Assert.That(RecoveryTime.Measure(Series("gggbbggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), new Stability(3, Ms(21))).Recovered, Is.True, "just long enough");
    }

    [Test]
    public void A_relapse_counts_until_the_last_bad_observation()
    {
        var recovery = RecoveryTime.Measure(Series("gggbbggggbgggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick);

        Assert.That(recovery.Outages, Is.EqualTo(2));
        Assert.That(recovery.Actual.Lower, Is.EqualTo(Ms(90 - 25)));
        Assert.That(recovery.Actual.Upper, Is.EqualTo(Ms(101 - 25)));
    }

    [Test]
    public void Slow_and_unsent_are_as_bad_as_errors()
    {
        foreach (var verdict in new[] { 's', 'n', 'b' })
        {
            var recovery = RecoveryTime.Measure(Series($"ggg{verdict}gggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick);
            Assert.That(recovery.LastBad, Is.EqualTo(Ms(30)), verdict.ToString());
        }
    }

    [Test]
    public void What_was_due_before_the_injection_and_answered_after_it_may_have_felt_it()
    {
        Observation[] observations = [.. Series("gg"), new(2, Ms(20), Ms(20), Ms(80), OperationVerdict.Error), .. Series("gggggggg").Skip(3)];

        Assert.That(RecoveryTime.Measure(observations, new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick).Interrupted, Is.True);
    }

    [Test]
    public void What_failed_before_the_injection_is_not_its_doing()
    {
        var recovery = RecoveryTime.Measure(Series("bbggggggg"), new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick);

        Assert.That(recovery.Interrupted, Is.False);
        Assert.That(recovery.Actual.Lower, Is.EqualTo(TimeSpan.Zero));
    }

    [Test]
    public void Without_an_interruption_the_bound_is_the_longest_time_nobody_looked()
    {
        Observation[] observations = [.. Series("ggg"), new(3, Ms(30), Ms(30), Ms(48), OperationVerdict.Good), .. Series("ggggggg").Skip(4)];
        var recovery = RecoveryTime.Measure(observations, new TimeWindow(Ms(25), Ms(25)), Ms(1000), Quick);

        Assert.That(recovery.Interrupted, Is.False);
        // Due at 20, next answered at 48.
        Assert.That(recovery.Actual.Upper, Is.EqualTo(Ms(28)));
        Assert.That(recovery.ToString(), Is.EqualTo("no interruption longer than 28ms"));
    }

    [Test]
    public void What_comes_after_the_end_of_observing_is_left_out()
    {
        var recovery = RecoveryTime.Measure(Series("gggbbggggbbbb"), new TimeWindow(Ms(25), Ms(25)), Ms(80), Quick);

        Assert.That(recovery.Recovered, Is.True);
        Assert.That(recovery.LastBad, Is.EqualTo(Ms(40)));
    }

    [Test]
    public void No_observation_at_all_is_no_recovery()
    {
        var recovery = RecoveryTime.Measure([], new TimeWindow(Ms(25), Ms(27)), Ms(80), Quick);

        Assert.That(recovery.Recovered, Is.False);
        Assert.That(recovery.Actual.Lower, Is.EqualTo(Ms(53)));
    }

    // One observation every 10 ms that takes 1 ms: g good, b error, s slow, n not sent.
    internal static List<Observation> Series(string verdicts) => [.. verdicts.Select((verdict, k) => new Observation(k, Ms(10 * k), Ms(10 * k), Ms((10 * k) + 1), verdict switch
    {
        'g' => OperationVerdict.Good,
        's' => OperationVerdict.Slow,
        'n' => OperationVerdict.NotSent,
        _ => OperationVerdict.Error,
    }))];

    private static TimeSpan Ms(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}
