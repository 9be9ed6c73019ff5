using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Tests.Subjects;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Tests;

[NonParallelizable]
public sealed class ParameterTests
{
    private static readonly object[] Told =
    [
        new object[] { "Cases", new[] { "later=0s", "later=2s" } },
        new object[] { "Cases_and_token", new[] { "later=0s;count=1", "later=2s;count=2" } },
        new object[] { "Source", new[] { "size=1", "size=1000" } },
        new object[] { "Combined", new[] { "first=a;second=True", "first=a;second=False", "first=b;second=True", "first=b;second=False" } },
        new object[] { "Sequence", new[] { "first=1;second=1.5", "first=2;second=2.5" } },
        new object[] { "Optional", new[] { "first=1;second=default", "first=1;second=given" } },
        new object[] { "Generic", new[] { "T=System.Int32;value=1", "T=System.String;value=one" } },
    ];

    [TestCaseSource(nameof(Told))]
    public void Every_source_of_parameters_works_and_each_value_is_a_history_of_its_own(string method, string[] parameters)
    {
        using var run = TestRun.Of(typeof(ParameterSubjects), method);

        Assert.That(run.Results.Select(result => result.ResultState), Is.All.EqualTo(ResultState.Inconclusive), run.Results[0].Message);
        Assert.That(run.Recorded.Select(Text), Is.EquivalentTo(parameters));
        Assert.That(run.Recorded.Select(record => record.ExperimentId), Is.All.EqualTo(typeof(ParameterSubjects).FullName + "." + method));
        Assert.That(run.Tests.Select(test => string.Join(';', test.Parameters.Select(parameter => $"{parameter.Name}={parameter.Text}"))), Is.EquivalentTo(parameters));
    }

    [Test]
    public void A_name_given_to_a_case_changes_its_name_and_not_its_history()
    {
        using var run = TestRun.Of(typeof(ParameterSubjects), "Source");

        Assert.That(run.Recorded.Select(record => record.Name), Is.EquivalentTo(new[] { "Small", "Large" }));
    }

    [Test]
    public void A_value_without_a_text_is_refused_with_what_to_do()
    {
        using var run = TestRun.Of(typeof(ParameterSubjects), "Without_text");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.NotRunnable));
        Assert.That(run.Result.Message, Does.StartWith("Invalid: The value of 'node' reads as its type, System.Object").And.Contain("Override ToString()"));
        Assert.That(run.Recorded.Single().Outcome, Is.EqualTo(Outcome.Invalid));
    }

    [Test]
    public void A_random_value_is_refused_with_what_to_do()
    {
        using var run = TestRun.Of(typeof(ParameterSubjects), "By_chance");

        Assert.That(run.Result.ResultState.Label, Is.EqualTo("Invalid"));
        Assert.That(run.Result.Message, Does.Contain("[Random] gives 'seed' other values in each run").And.Contain("[Values]"));
        Assert.That(run.Recorded.Single().Outcome, Is.EqualTo(Outcome.Invalid));
    }

    [Test]
    public void A_plain_test_beside_experiments_is_left_alone()
    {
        using var run = TestRun.Of(typeof(ParameterSubjects), "No_experiment");

        Assert.That(run.Result.ResultState, Is.EqualTo(ResultState.Success));
        Assert.That(run.Recorded, Is.Empty);
    }

    [Test]
    public void Arguments_of_fixtures_are_parameters_by_the_names_of_the_constructor()
    {
        using var run = TestRun.Of(typeof(VersionSubjects));

        Assert.That(run.Recorded.Select(record => $"{record.ExperimentId}:{Text(record)}"), Is.EquivalentTo(new[]
        {
            "versions:version=15",
            "versions:version=18",
            typeof(VersionSubjects).FullName + ".Fixture_and_method:version=15;Fixture_and_method.version=x",
            typeof(VersionSubjects).FullName + ".Fixture_and_method:version=18;Fixture_and_method.version=x",
        }));
    }

    [Test]
    public void Arguments_of_types_are_parameters()
    {
        using var run = TestRun.Of(typeof(GenericSubjects<>));

        Assert.That(run.Recorded.Select(Text), Is.EquivalentTo(new[] { "TStore=System.Int32", "TStore=System.Collections.Generic.List`1[System.String]" }));
        Assert.That(run.Recorded.Select(record => record.ExperimentId), Is.All.EqualTo("ChaosHarness.NUnit.Tests.Subjects.GenericSubjects`1.Holds"));
    }

    [Test]
    public void Inherited_experiments_belong_to_the_class_that_they_run_in()
    {
        using var run = TestRun.Of(typeof(InheritedSubjects));

        Assert.That(run.Recorded.Select(record => (record.ExperimentId, record.Reason)), Is.EquivalentTo(new[]
        {
            (typeof(InheritedSubjects).FullName + ".Is_inherited", "inherited 1"),
            (typeof(InheritedSubjects).FullName + ".Is_overridden", "overridden 1"),
        }));
    }

    [Test]
    public void Experiments_run_side_by_side_with_an_instance_each()
    {
        using var run = TestRun.Of(typeof(ParallelSubjects));

        Assert.That(run.Results.Select(result => result.ResultState), Is.All.EqualTo(ResultState.Success));
        Assert.That(run.Recorded.Select(record => (Text(record), record.Outcome)), Is.EquivalentTo(new[] { ("name=a", Outcome.Passed), ("name=b", Outcome.Passed), ("name=c", Outcome.Passed) }));
        Assert.That(run.Journals.Select(Text), Is.EquivalentTo(new[] { "name=a", "name=b", "name=c" }));
    }

    [TestCase("One", "the-same-id", "SameIdSubjects.One() and ChaosHarness.NUnit.Tests.Subjects.SameIdSubjects.Two()")]
    [TestCase("Two", "the-same-id", "SameIdSubjects.One() and ChaosHarness.NUnit.Tests.Subjects.SameIdSubjects.Two()")]
    [TestCase("Overloaded", "SameIdSubjects.Overloaded", "SameIdSubjects.Overloaded(Int32) and ")]
    public void The_same_id_on_two_methods_is_refused_also_when_one_is_filtered_away(string method, string id, string names)
    {
        using var run = TestRun.Of(typeof(SameIdSubjects), method);

        Assert.That(run.Results.Select(result => result.ResultState.Label), Is.All.EqualTo("Invalid"));
        Assert.That(run.Results[0].Message, Does.Contain(id).And.Contain(names).And.Contain("Give each an Id of its own"));
        Assert.That(run.Recorded.Select(record => record.Outcome), Is.Not.Empty.And.All.EqualTo(Outcome.Invalid));
    }

    private static string Text(RunRecord record) => string.Join(';', record.Parameters.Select(parameter => $"{parameter.Key}={parameter.Value}"));
}
