using System.Text.Json;
using ChaosHarness.Experiments;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

[NonParallelizable]
public sealed class OutcomeTests
{
    [TestCase("Passes", TestStatus.Passed, "", "passed", "Passed")]
    [TestCase("Misses_its_objective", TestStatus.Failed, "", "failed", "Failed")]
    [TestCase("Misses_its_objective_and_asserts_nothing", TestStatus.Failed, "", "failed", "Failed")]
    [TestCase("Is_inconclusive_although_it_asserts", TestStatus.Inconclusive, "", "skipped", "Inconclusive")]
    [TestCase("Is_halted_although_it_asserts", TestStatus.Failed, "Halted", "broken", "Halted")]
    [TestCase("Takes_too_long", TestStatus.Failed, "Halted", "broken", "Halted")]
    [TestCase("Is_broken_although_it_asserts", TestStatus.Failed, "Error", "broken", "Broken")]
    [TestCase("Throws", TestStatus.Failed, "Error", "broken", "Broken")]
    [TestCase("Has_no_topology", TestStatus.Inconclusive, "", "skipped", "Inconclusive")]
    [TestCase("Runs_nothing", TestStatus.Inconclusive, "", "skipped", "Inconclusive")]
    public void Each_outcome_is_what_it_is_in_nunit_and_in_the_report(string method, TestStatus status, string label, string allure, string outcome)
    {
        using var run = TestRun.Of(method);

        Assert.That((run.Result.ResultState.Status, run.Result.ResultState.Label), Is.EqualTo((status, label)), run.Result.Message);
        Assert.That(run.Allure, Has.Count.EqualTo(1));
        Assert.That(run.Allure[0].GetProperty("status").GetString(), Is.EqualTo(allure));
        Assert.That(Labels(run.Allure[0], "outcome"), Is.EqualTo(new[] { outcome }));
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
    public void The_report_has_the_steps_the_figures_the_chart_and_the_journal()
    {
        using var run = TestRun.Of("Passes");
        var result = run.Allure[0];

        Assert.That(result.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()!.Split(':')[0]), Is.EqualTo(new[] { "Build", "Guard", "SteadyState", "Inject", "Observe", "Revert", "Verify", "Record" }));
        var parameters = result.GetProperty("parameters").EnumerateArray().ToList();
        Assert.That(parameters.Select(parameter => parameter.GetProperty("name").GetString()), Is.SupersetOf(new[] { "RTO", "RTA", "Availability", "Latency during", "Run" }));
        Assert.That(parameters.Select(parameter => parameter.GetProperty("excluded").GetBoolean()), Is.All.True, "measured values must not make a new test of each run");
        Assert.That(parameters[0].GetProperty("value").GetString(), Is.EqualTo("\"10s\""));
        foreach (var attachment in result.GetProperty("attachments").EnumerateArray())
        {
            Assert.That(new FileInfo(Path.Combine(run.ResultsFolder, attachment.GetProperty("source").GetString()!)).Length, Is.GreaterThan(500));
        }

        Assert.That(result.GetProperty("attachments").EnumerateArray().Select(attachment => attachment.GetProperty("name").GetString()), Is.EqualTo(new[] { "Timeline", "Latencies", "Configuration", "Journal" }));
        Assert.That(Directory.EnumerateFiles(run.ResultsFolder).Select(Path.GetFileName), Is.SupersetOf(new[] { "categories.json", "environment.properties", "executor.json" }));
        Assert.That(Directory.EnumerateFiles(run.ResultsFolder, ".*"), Is.Empty, "no partial file stays");
    }

    [Test]
    public void The_configuration_shows_what_held_and_no_secret()
    {
        using var run = TestRun.Of("Passes");
        var configuration = Attachment(run, "Configuration");

        Assert.That(configuration, Does.Contain("\"profile\": \"nightly\"").And.Contain("\"seed\": 42").And.Contain("\"maximumTargets\": 5").And.Contain("\"rto\": \"10s\""));
        Assert.That(configuration, Does.Contain("Host=db;Password=***").And.Not.Contain("hunter2"));
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
        Assert.That(Attachment(run, "Journal"), Does.Contain("\"outcome\":\"Failed\""));
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
            Assert.That(run.Allure, Has.Count.EqualTo(1));
        }
        finally
        {
            RecordedResults.Problem = null;
        }
    }

    [Test]
    public void The_identity_stays_the_same_from_run_to_run()
    {
        using var first = TestRun.Of("Passes");
        using var second = TestRun.Of("Passes");
        const string FullName = "ChaosHarness.NUnit.Tests:ChaosHarness.NUnit.Tests.Subjects.OutcomeSubjects.Passes(System.Threading.CancellationToken)";

        Assert.That(first.Allure[0].GetProperty("fullName").GetString(), Is.EqualTo(FullName));
        foreach (var property in new[] { "historyId", "testCaseId", "fullName" })
        {
            Assert.That(second.Allure[0].GetProperty(property).GetString(), Is.EqualTo(first.Allure[0].GetProperty(property).GetString()));
        }

        Assert.That(first.Allure[0].GetProperty("testCaseId").GetString(), Is.EqualTo(Md5(FullName)));
        Assert.That(first.Allure[0].GetProperty("historyId").GetString(), Is.EqualTo(Md5($"{{\"fullName\":\"{FullName}\",\"parameters\":[]}}")));
        Assert.That(first.Allure[0].GetProperty("titlePath").EnumerateArray().Select(part => part.GetString()), Is.EqualTo(new[] { "ChaosHarness.NUnit.Tests", "ChaosHarness", "NUnit", "Tests", "Subjects", "OutcomeSubjects" }));
    }

    [Test]
    public void Attributes_become_labels_and_links()
    {
        using var run = TestRun.Of("Passes");

        Assert.That(Labels(run.Allure[0], "feature"), Is.EqualTo(new[] { "Outcomes" }));
        Assert.That(Labels(run.Allure[0], "tag"), Is.EquivalentTo(new[] { "one", "two" }));
        Assert.That(Labels(run.Allure[0], "framework"), Is.EqualTo(new[] { "NUnit" }));
        Assert.That(run.Allure[0].GetProperty("links")[0].GetProperty("type").GetString(), Is.EqualTo("issue"));
    }

#pragma warning disable CA5351 // The format asks for MD5.
    private static string Md5(string text) => Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5351

    private static string Attachment(TestRun run, string name)
    {
        var attachment = run.Allure[0].GetProperty("attachments").EnumerateArray().Single(candidate => candidate.GetProperty("name").GetString() == name);
        return File.ReadAllText(Path.Combine(run.ResultsFolder, attachment.GetProperty("source").GetString()!));
    }

    private static IEnumerable<string?> Labels(JsonElement result, string name) => result.GetProperty("labels").EnumerateArray()
        .Where(label => label.GetProperty("name").GetString() == name)
        .Select(label => label.GetProperty("value").GetString());
}
