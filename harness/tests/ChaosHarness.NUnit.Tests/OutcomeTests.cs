using ChaosHarness.Experiments;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

[NonParallelizable]
public sealed class OutcomeTests
{
    [TestCase("Passes", TestStatus.Passed, "", Outcome.Passed)]
    [TestCase("Misses_its_objective", TestStatus.Failed, "", Outcome.Failed)]
    [TestCase("Misses_its_objective_and_asserts_nothing", TestStatus.Failed, "", Outcome.Failed)]
    [TestCase("Misses_its_objective_and_asserts_the_outcome", TestStatus.Failed, "", Outcome.Failed)]
    [TestCase("Is_inconclusive_although_it_asserts", TestStatus.Inconclusive, "", Outcome.Inconclusive)]
    [TestCase("Is_halted_although_it_asserts", TestStatus.Failed, "Halted", Outcome.Halted)]
    [TestCase("Takes_too_long", TestStatus.Failed, "Halted", Outcome.Halted)]
    [TestCase("Is_broken_although_it_asserts", TestStatus.Failed, "Error", Outcome.Broken)]
    [TestCase("Throws", TestStatus.Failed, "Error", Outcome.Broken)]
    [TestCase("Has_no_topology", TestStatus.Inconclusive, "", Outcome.Inconclusive)]
    [TestCase("Runs_nothing", TestStatus.Inconclusive, "", Outcome.Inconclusive)]
    [TestCase("Cannot_run_here_at_all", TestStatus.Skipped, "", Outcome.Inconclusive)]
    [TestCase("Is_put_together_wrongly", TestStatus.Failed, "Invalid", Outcome.Invalid)]
    [TestCase("Is_ignored_by_itself", TestStatus.Skipped, "Ignored", Outcome.Inconclusive)]
    [TestCase("Has_a_wrong_objective", TestStatus.Failed, "Invalid", Outcome.Invalid)]
    [TestCase("Is_cancelled_after_a_while", TestStatus.Failed, "Halted", Outcome.Halted)]
    public void Each_outcome_is_what_it_is_in_nunit_and_in_the_report(string method, TestStatus status, string label, Outcome outcome)
    {
        using var run = TestRun.Of(method);

        Assert.That((run.Result.ResultState.Status, run.Result.ResultState.Label), Is.EqualTo((status, label)), run.Result.Message);
        Assert.That(run.Tests.Single().Outcome, Is.EqualTo(outcome));
        Assert.That(run.Tests.Single().Message ?? "", Does.EndWith(run.Result.Message ?? ""));
    }

    [TestCase("Is_inconclusive_although_it_asserts", "Inconclusive: the steady state did not hold")]
    [TestCase("Is_halted_although_it_asserts", "Halted: enough")]
    [TestCase("Takes_too_long", "Halted: the test took longer than ")]
    [TestCase("Is_broken_although_it_asserts", "Broken: 'fail': apply failed: no")]
    [TestCase("Has_no_topology", "Inconclusive: no haproxy here")]
    [TestCase("Runs_nothing", "Inconclusive: the test ran no experiment: it has to end with await")]
    [TestCase("Misses_its_objective_and_asserts_nothing", "Failed: recovered within 1ms missed by ")]
    [TestCase("Misses_its_objective_and_asserts_the_outcome", "Failed: recovered within 1ms missed by ")]
    [TestCase("Misses_its_objective", "1 of 1 expectation of ")]
    [TestCase("Cannot_run_here_at_all", "Inconclusive: signals need Unix")]
    [TestCase("Is_put_together_wrongly", "Invalid: The experiment has ")]
    public void The_message_says_why(string method, string message)
    {
        using var run = TestRun.Of(method);

        Assert.That(run.Result.Message, Does.StartWith(message));
    }

    [TestCase("Is_inconclusive_although_it_asserts", "Chaos.Inconclusive", "fail", TestStatus.Failed, "Inconclusive")]
    [TestCase("Is_inconclusive_although_it_asserts", "Chaos.Inconclusive", "pass", TestStatus.Inconclusive, "")]
    [TestCase("Runs_nothing", "Chaos.Inconclusive", "fail", TestStatus.Failed, "Inconclusive")]
    [TestCase("Cannot_run_here_at_all", "Chaos.Inconclusive", "fail", TestStatus.Skipped, "")]
    [TestCase("Cannot_run_here_at_all", "Chaos.Impossible", "skip", TestStatus.Skipped, "")]
    [TestCase("Cannot_run_here_at_all", "Chaos.Impossible", "fail", TestStatus.Failed, "Impossible")]
    [TestCase("Injects_what_cannot_be_injected_here", "Chaos.Inconclusive", "fail", TestStatus.Skipped, "")]
    [TestCase("Injects_what_cannot_be_injected_here", "Chaos.Impossible", "fail", TestStatus.Failed, "Impossible")]
    public void The_profile_says_what_becomes_of_a_test_that_says_nothing(string method, string parameter, string value, TestStatus status, string label)
    {
        using var run = TestRun.Of(method, (parameter, value));

        Assert.That((run.Result.ResultState.Status, run.Result.ResultState.Label), Is.EqualTo((status, label)));
        Assert.That(run.Result.Message, Does.StartWith("Inconclusive: "));
        Assert.That(run.Tests.Single().Outcome, Is.EqualTo(Outcome.Inconclusive), "the record says what was, whatever the profile makes of it");
        Assert.That(run.Tests.Single().HasFailed, Is.EqualTo(status == TestStatus.Failed));
        Assert.That(run.Recorded.Single().Impossible, Is.EqualTo(method is "Cannot_run_here_at_all" or "Injects_what_cannot_be_injected_here"));
    }

    [TestCase("pass", "Has no topology: Inconclusive: no haproxy here")]
    [TestCase("fail", "")]
    public void Why_a_test_said_nothing_is_told_where_the_test_run_would_not(string inconclusive, string told)
    {
        using var run = TestRun.Of("Has_no_topology", ("Chaos.Inconclusive", inconclusive));

        Assert.That(run.Errors.Trim(), Is.EqualTo(told));
    }

    [Test]
    public void Each_attempt_leaves_a_record_and_the_last_one_is_the_tests()
    {
        using var run = TestRun.Of("Passes_at_the_second_attempt");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Success));
        Assert.That(run.Recorded.Select(record => (record.Attempt, record.Outcome)), Is.EqualTo(new[] { (1, Outcome.Failed), (2, Outcome.Passed) }));
        Assert.That(run.Tests.Select(test => (test.Attempt, test.Outcome)), Is.EqualTo(new[] { (1, Outcome.Failed), (2, Outcome.Passed) }));
        Assert.That(run.Journals.Select(record => record.Attempt).Order(), Is.EqualTo(new[] { 1, 2 }));
    }

    [Test]
    public void A_wrong_setting_is_told_and_nothing_runs()
    {
        using var run = TestRun.Of("Passes", ("Chaos.Inconclusive", "maybe"));

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.NotRunnable));
        Assert.That(run.Result.Message, Does.Contain("Chaos.Inconclusive is 'maybe', but must be fail or pass"));
    }

    [Test]
    public void An_experiment_is_halted_when_the_session_runs_out_of_time()
    {
        // This process has been running for longer than that.
        using var run = TestRun.Of("Passes", ("Chaos.SessionTimeout", "1ms"));

        Assert.That(run.Result.Message, Does.StartWith("Halted: the session took longer than Chaos.SessionTimeout allows"));
    }

    [Test]
    public void A_wrong_objective_is_told_before_anything_runs()
    {
        using var run = TestRun.Of("Has_a_wrong_objective");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Invalid"));
        Assert.That(run.Result.Message, Does.Contain("Rto: 'soon' is not a duration"));
    }

    [Test]
    public void Objectives_are_properties_that_filters_find()
    {
        using var run = TestRun.Of("Passes");

        Assert.That(run.Result.Test.Properties.Get("Rto"), Is.EqualTo("1s"));
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
        Assert.That(recorded.Versions?.TestFramework, Does.StartWith("NUnit "));
        Assert.That(recorded.Versions?.TestAssembly, Does.StartWith("ChaosHarness.NUnit.Tests "));
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
            Assert.That(run.Result.Message, Does.StartWith("Broken: the record of run "));
            Assert.That(run.Result.Message, Does.Contain("could not be rendered").And.Contain("the disk is full"));
            Assert.That(run.Journals, Has.Count.EqualTo(1));
            Assert.That(run.Tests.Single().HasFailed, Is.True, "the other recorders get theirs, and none of them is told that the test passed");
            Assert.That(run.Tests.Single().Message, Does.Contain("the disk is full"));
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

            Assert.That(run.Result.Message, Does.StartWith("Broken: the result could not be recorded: 'Recorder': record failed: the disk is full"));
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
