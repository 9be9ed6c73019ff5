using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Tests.Subjects.Failing;
using ChaosHarness.NUnit.Tests.Subjects.FailingNamespace;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

[NonParallelizable]
public sealed class NeverRanTests
{
    [Test]
    public void Experiments_of_a_fixture_that_cannot_be_made_leave_a_record_that_says_so()
    {
        using var run = TestRun.Of(typeof(ConstructorSubjects));

        Assert.That(run.Recorded.Select(record => record.ExperimentId), Is.EquivalentTo(new[] { Id<ConstructorSubjects>("Alone"), Id<ConstructorSubjects>("With_a_case") }));
        Assert.That(run.Recorded.Select(record => record.Outcome), Is.All.EqualTo(Outcome.Broken));
        Assert.That(run.Recorded.Select(record => record.Reason), Is.All.Contain("no fixture"));
        Assert.That(run.RecordOf("With_a_case").Parameters["later"], Is.EqualTo("2s"));
        Assert.That(run.RecordOf("Alone").Labels, Is.EqualTo(new[] { "kept" }));
        Assert.That(run.Journals, Has.Count.EqualTo(2));
        Assert.That(run.Tests.Select(test => test.Outcome), Is.EqualTo(new[] { Outcome.Broken, Outcome.Broken }));
        Assert.That(run.Tests.Select(test => test.Message), Is.All.StartWith("Broken: OneTimeSetUp: "));
    }

    [TestCase(typeof(InstanceSubjects), Outcome.Broken, "no instance")]
    [TestCase(typeof(SetUpSubjects), Outcome.Inconclusive, "no haproxy here")]
    [TestCase(typeof(SharingSubjects), Outcome.Broken, "no shared system")]
    public void So_do_those_of_one_that_cannot_be_made_anew_or_set_up(Type subjects, Outcome outcome, string reason)
    {
        using var run = TestRun.Of(subjects);

        Assert.That(run.Result.ResultState.Status, Is.EqualTo(TestStatus.Failed));
        Assert.That((run.Recorded.Single().ExperimentId, run.Recorded.Single().Outcome), Is.EqualTo((subjects.FullName + ".Alone", outcome)));
        Assert.That(run.Recorded.Single().Reason, Does.Contain(reason));
    }

    [Test]
    public void A_fixture_that_cannot_be_torn_down_leaves_a_record_beside_those_of_its_tests()
    {
        using var run = TestRun.Of(typeof(TearDownSubjects));

        Assert.That(run.RecordOf("Alone").Outcome, Is.EqualTo(Outcome.Passed));
        Assert.That((run.RecordOf("End").Outcome, run.RecordOf("End").Name), Is.EqualTo((Outcome.Broken, "TearDownSubjects is torn down")));
        Assert.That(run.RecordOf("End").Reason, Does.Contain("it would not end"));
        Assert.That(run.Tests.Select(test => (test.Method.Name, test.Outcome)), Is.EqualTo(new[] { ("Alone", Outcome.Passed), ("End", Outcome.Broken) }));
    }

    [Test]
    public void A_test_that_ran_is_recorded_once()
    {
        using var run = TestRun.Of("Throws");

        Assert.That(run.Recorded.Select(record => record.Outcome), Is.EqualTo(new[] { Outcome.Broken }));
    }

    [Test]
    public void An_assembly_without_the_attribute_is_told_what_is_missing() => Assert.That(
        EveryExperimentIsRecordedAttribute.ProblemOf(typeof(Experiment).Assembly),
        Does.StartWith("ChaosHarness does not say [assembly: EveryExperimentIsRecorded]"));

    private static string Id<T>(string method) => typeof(T).FullName + "." + method;
}
