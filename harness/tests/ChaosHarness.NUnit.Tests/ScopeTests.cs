using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Tests.Subjects;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

[NonParallelizable]
public sealed class ScopeTests
{
    [Test]
    public void A_plain_test_is_told_to_be_an_experiment()
    {
        using var run = TestRun.Of(typeof(ScopeSubjects), "Is_a_plain_test");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Error"));
        Assert.That(run.Result.Message, Does.Contain("Mark the test [Experiment] instead of [Test]"));
        Assert.That(run.Recorded, Is.Empty);
    }

    [Test]
    public void A_run_that_is_not_awaited_is_halted_and_an_error()
    {
        using var run = TestRun.Of(typeof(ScopeSubjects), "Is_not_awaited");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Error"));
        Assert.That(run.Result.Message, Does.StartWith("Broken: RunAsync was not awaited"));
        Assert.That(run.Recorded.Single().Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(run.Recorded.Single().Duration, Is.LessThan(TimeSpan.FromSeconds(30)));
    }

    [Test]
    public void A_run_is_halted_with_its_test_also_when_no_token_was_handed_over()
    {
        using var run = TestRun.Of(typeof(ScopeSubjects), "Takes_too_long_and_hands_no_token_over");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Halted"));
        Assert.That(run.Recorded.Single().Outcome, Is.EqualTo(Outcome.Halted));
    }

    [Test]
    public void The_time_that_a_test_waits_for_its_system_is_not_its_own()
    {
        RecordedResults.Lease = new SlowLease(TimeSpan.FromSeconds(6));
        try
        {
            using var run = TestRun.Of(typeof(ScopeSubjects), "Waits_for_its_system");

            Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Success), run.Result.Message);
            Assert.That(run.Recorded.Single().Duration, Is.GreaterThan(TimeSpan.FromSeconds(6)));
        }
        finally
        {
            RecordedResults.Lease = null;
        }
    }

    [Test]
    public void A_test_that_takes_too_long_is_told_by_the_token_that_it_takes()
    {
        using var run = TestRun.Of(typeof(ScopeSubjects), "Waits_for_its_token");

        Assert.That(run.Result.Message, Does.Contain("the token was cancelled"));
        Assert.That(run.Result.Duration, Is.LessThan(30));
    }

    [Test]
    public void Each_run_of_a_test_is_held_to_its_objectives_and_recorded()
    {
        using var run = TestRun.Of(typeof(ScopeSubjects), "Runs_two");

        Assert.That(run.Recorded.Select(record => (record.Name, record.Verdicts.Single(verdict => verdict.Objective == "recovered within 1s").Met)), Is.EqualTo(new[] { ("first", true), ("second", true) }));
        Assert.That(run.Journals.Select(record => record.Name), Is.EquivalentTo(new[] { "first", "second" }));
        Assert.That(run.Tests.Single().Runs.Select(record => record.Name), Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public void What_is_asserted_on_a_run_whose_test_is_over_is_refused()
    {
        using var run = TestRun.Of(typeof(ScopeSubjects), "Asserts_on_an_earlier_attempt");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Error"));
        Assert.That(run.Result.Message, Does.Contain("is recorded already, as its test is over").And.Contain("Assert within the test"));
        Assert.That(run.Recorded.Select(record => (record.Attempt, record.Outcome)), Is.EqualTo(new[] { (1, Outcome.Failed), (2, Outcome.Broken) }));
    }

    [Test]
    public void A_run_that_says_nothing_breaks_no_other_of_its_test()
    {
        using var run = TestRun.Of(typeof(ScopeSubjects), "Second_says_nothing");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Inconclusive));
        Assert.That(run.Recorded.Select(record => (record.Name, record.Outcome)), Is.EqualTo(new[] { ("first", Outcome.Passed), ("second", Outcome.Inconclusive) }));
    }
}
