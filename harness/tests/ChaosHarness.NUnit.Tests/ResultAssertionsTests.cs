using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Tests.Subjects;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

[NonParallelizable]
public sealed class ResultAssertionsTests
{
    [Test]
    public void What_is_met_passes_and_is_recorded_once()
    {
        using var run = TestRun.Of(typeof(AssertingSubjects), "Meets_all");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Success), run.Result.Message);
        Assert.That(run.Recorded.Single().Verdicts.Select(verdict => verdict.Objective), Is.EqualTo(new[] { "recovered within 1s", "available at least 99%" }), "the attribute and the assertion say the same");
    }

    [Test]
    public void Each_that_was_missed_is_told_with_by_how_much_and_what_was_seen()
    {
        using var run = TestRun.Of(typeof(AssertingSubjects), "Misses_two_of_three");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Failure));
        Assert.That(run.Result.Message, Does.StartWith("2 of 3 expectations of 'Misses two of three' missed:"));
        Assert.That(run.Result.Message, Does.Match(@"expected: recovered within 1ms\n +but was:  not recovered after \S+, missed by at least \S+\n +seen: +'[^']+', '[^']+' were in force to the end \(.+\)\n +seen: +\d+ of \d+: down"));
        Assert.That(run.Result.Message, Does.Match(@"expected: pulse available at least 99%\n +but was:  .*, missed by \d+ of \d+ requests\n +seen: +\d+ of \d+: down"));
        Assert.That(run.Result.Message, Does.Not.Contain("steady available").And.Contain("Timeline, from the injection on:").And.Contain("switch it off"));
        Assert.That(run.Recorded.Single().Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(run.Recorded.Single().Verdicts.Where(verdict => !verdict.Met).Select(verdict => verdict.Objective), Is.EqualTo(new[] { "recovered within 1ms", "pulse available at least 99%" }));
    }

    [Test]
    public void Of_two_in_one_it_says_which_half_was_missed()
    {
        using var run = TestRun.Of(typeof(AssertingSubjects), "Misses_a_half");

        Assert.That(run.Result.Message, Does.StartWith("1 of 1 expectation of").And.Contain("  expected: steady available at least 1% and pulse available at least 99%\n    met:      steady available at least 1%\n").And.Contain("    expected: pulse available at least 99%\n"));
    }

    [Test]
    public void An_expectation_written_wrongly_is_no_missed_one()
    {
        using var run = TestRun.Of(typeof(AssertingSubjects), "Is_written_wrongly");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.NotRunnable));
        Assert.That(run.Result.Message, Does.StartWith("Invalid: The experiment has 1 mistake").And.Contain("Recovered.Within: 'soon' is not a duration"));
    }

    [Test]
    public void Expecting_nothing_is_refused()
    {
        using var run = TestRun.Of(typeof(AssertingSubjects), "Expects_nothing");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Error"));
        Assert.That(run.Result.Message, Does.Contain("expectations"));
    }

    [Test]
    public void What_was_meant_to_be_missed_makes_nothing_fail()
    {
        using var run = TestRun.Of(typeof(AssertingSubjects), "Means_to_miss");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Success), run.Result.Message);
        Assert.That((run.Recorded.Single().Outcome, run.Recorded.Single().Verdicts.Count(verdict => !verdict.Met)), Is.EqualTo((Outcome.Passed, 0)));
    }

    [Test]
    public void The_short_forms_of_the_attribute_are_expectations_like_any()
    {
        using var run = TestRun.Of(typeof(AssertingSubjects), "Is_held_to_the_short_forms");

        Assert.That(run.Recorded.Single().Verdicts.Select(verdict => (verdict.Objective, verdict.Met)), Is.EqualTo(new[] { ("available at least 1%", true), ("answered with p99 within 5s", true), ("detected within 90s", false) }));
        Assert.That((run.Result.Test.Properties.Get("Latency"), run.Result.Test.Properties.Get("Ttd")), Is.EqualTo(("p99 5s", "90s")));
    }
}
