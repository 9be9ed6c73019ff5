using ChaosHarness.Experiments;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

[NonParallelizable]
public sealed class OutcomeTests
{
    [TestCase("Passes", TestStatus.Passed, "", Outcome.Passed)]
    [TestCase("Misses_its_objective", TestStatus.Failed, "", Outcome.Failed)]
    [TestCase("Misses_its_objective_and_asserts_nothing", TestStatus.Failed, "", Outcome.Failed)]
    [TestCase("Is_inconclusive_although_it_asserts", TestStatus.Inconclusive, "", Outcome.Inconclusive)]
    [TestCase("Is_halted_although_it_asserts", TestStatus.Failed, "Halted", Outcome.Halted)]
    [TestCase("Takes_too_long", TestStatus.Failed, "Halted", Outcome.Halted)]
    [TestCase("Is_broken_although_it_asserts", TestStatus.Failed, "Error", Outcome.Broken)]
    [TestCase("Throws", TestStatus.Failed, "Error", Outcome.Broken)]
    [TestCase("Has_no_topology", TestStatus.Inconclusive, "", Outcome.Inconclusive)]
    [TestCase("Runs_nothing", TestStatus.Inconclusive, "", Outcome.Inconclusive)]
    public void Each_outcome_is_what_it_is_in_nunit_and_in_the_report(string method, TestStatus status, string label, Outcome outcome)
    {
        using var run = TestRun.Of(method);

        Assert.That((run.Result.ResultState.Status, run.Result.ResultState.Label), Is.EqualTo((status, label)), run.Result.Message);
        Assert.That(run.Tests.Single().Outcome, Is.EqualTo(outcome));
        Assert.That(run.Tests.Single().Message, Is.EqualTo(run.Result.Message));
    }

    [TestCase("Is_inconclusive_although_it_asserts", "Inconclusive: the steady state did not hold")]
    [TestCase("Is_halted_although_it_asserts", "Halted: enough")]
    [TestCase("Takes_too_long", "Halted: the caller cancelled the run")]
    [TestCase("Is_broken_although_it_asserts", "Broken: InvalidOperationException: no")]
    [TestCase("Has_no_topology", "Inconclusive: no haproxy here")]
    [TestCase("Runs_nothing", "Inconclusive: the test ran no experiment")]
    [TestCase("Misses_its_objective_and_asserts_nothing", "Failed: RTO 1ms missed")]
    public void The_message_says_why(string method, string message)
    {
        using var run = TestRun.Of(method);

        Assert.That(run.Result.Message, Does.StartWith(message));
    }

    [Test]
    public void A_missed_objective_shows_what_was_wanted_measured_and_what_happened()
    {
        using var run = TestRun.Of("Misses_its_objective");

        Assert.That(run.Result.Message, Does.Contain("Expected: recovered within 1ms").And.Contain("But was:  not recovered after").And.Contain("Timeline of").And.Contain("switch it off: has taken effect"));
    }

    [Test]
    public void An_experiment_is_halted_when_the_session_runs_out_of_time()
    {
        // This process has been running for longer than that.
        using var run = TestRun.Of("Passes", sessionTimeout: "1ms");

        Assert.That(run.Result.Message, Does.StartWith("Halted: the caller cancelled the run"));
    }

    [Test]
    public void A_wrong_objective_is_told_before_anything_runs()
    {
        using var run = TestRun.Of("Has_a_wrong_objective");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Invalid"));
        Assert.That(run.Result.Message, Does.Contain("'soon' is not a duration"));
    }

    [Test]
    public void Objectives_are_properties_that_filters_find()
    {
        using var run = TestRun.Of("Passes");

        Assert.That(run.Result.Test.Properties.Get("Rto"), Is.EqualTo("10s"));
        Assert.That(run.Result.Name, Is.EqualTo("Passes"));
    }

    [Test]
    public void An_assertion_that_fails_after_the_run_makes_its_record_a_failed_one_everywhere()
    {
        using var run = TestRun.Of("Asserts_more_than_its_objectives");

        var recorded = run.Recorded.Single();
        Assert.That((recorded.Outcome, recorded.ExperimentId), Is.EqualTo((Outcome.Failed, "an-id-that-stays")));
        Assert.That(recorded.Reason, Does.Contain("a node took over"));
        Assert.That(run.Journals.Single().Outcome, Is.EqualTo(Outcome.Failed));
        Assert.That(run.Journals.Single().RunId, Is.EqualTo(recorded.RunId));
        Assert.That(run.Tests.Single().Runs.Single().Outcome, Is.EqualTo(Outcome.Failed));
    }

    [TestCase("Passes", Outcome.Passed)]
    [TestCase("Misses_its_objective", Outcome.Failed)]
    [TestCase("Is_inconclusive_although_it_asserts", Outcome.Inconclusive)]
    [TestCase("Is_broken_although_it_asserts", Outcome.Broken)]
    [TestCase("Throws", Outcome.Broken)]
    [TestCase("Has_no_topology", Outcome.Inconclusive)]
    public void Every_test_leaves_one_record(string method, Outcome outcome)
    {
        using var run = TestRun.Of(method);

        var recorded = run.Recorded.Single();
        Assert.That((recorded.Outcome, recorded.ExperimentId), Is.EqualTo((outcome, typeof(Subjects.OutcomeSubjects).FullName + "." + method)));
        Assert.That((recorded.Origin.Profile, recorded.Origin.Seed, recorded.Origin.Host), Is.EqualTo(("nightly", 42L, Environment.MachineName)));
        Assert.That(run.Journals.Single().RunId, Is.EqualTo(recorded.RunId));
    }

    [Test]
    public void An_id_and_categories_are_kept_and_an_empty_id_is_refused()
    {
        using var asserting = TestRun.Of("Asserts_more_than_its_objectives");
        using var empty = TestRun.Of("Has_an_empty_id");

        Assert.That(asserting.Recorded.Single().Labels, Is.EqualTo(new[] { "asserting" }));
        Assert.That(empty.Result.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        Assert.That(empty.Result.Message, Does.Contain("Id of [Experiment] is empty"));
    }

    [Test]
    public void A_recorder_that_throws_makes_the_test_broken_and_loses_nothing()
    {
        RecordedResults.Problem = "the disk is full";
        try
        {
            using var run = TestRun.Of("Passes");

            Assert.That(run.Result.ResultState.Label, Is.EqualTo("Error"));
            Assert.That(run.Result.Message, Does.StartWith("Broken: the result could not be recorded: the disk is full"));
            Assert.That(run.Journals, Has.Count.EqualTo(1));
            Assert.That(run.Tests, Has.Count.EqualTo(1), "the other recorders get theirs");
        }
        finally
        {
            RecordedResults.Problem = null;
        }
    }

    [Test]
    public void A_report_that_cannot_be_written_makes_the_test_broken_and_touches_no_record()
    {
        RecordedTests.Problem = "the disk is full";
        try
        {
            using var run = TestRun.Of("Passes");

            Assert.That(run.Result.Message, Does.StartWith("Broken: the result could not be recorded: the disk is full"));
            Assert.That(run.Recorded.Single().Outcome, Is.EqualTo(Outcome.Passed));
            Assert.That(run.Journals.Single().Outcome, Is.EqualTo(Outcome.Passed));
        }
        finally
        {
            RecordedTests.Problem = null;
        }
    }

    [Test]
    public void A_test_is_told_as_nunit_knows_it()
    {
        using var run = TestRun.Of("Passes");

        var test = run.Tests.Single();
        Assert.That((test.Framework, test.Fixture, test.Method.Name, test.Name, test.Attempt), Is.EqualTo(("NUnit", typeof(Subjects.OutcomeSubjects), "Passes", "Passes", 1)));
        Assert.That(test.EndedAt, Is.GreaterThan(test.StartedAt));
        Assert.That(test.Settings["Chaos.Seed"], Is.EqualTo("42"));
        Assert.That(test.Options.Origin.Seed, Is.EqualTo(42));
    }
}
