using System.Reflection;
using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.NUnit.Outcomes;
using ChaosHarness.NUnit.Recording;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace ChaosHarness.NUnit;

/// <summary>Runs a test with its objectives and profile in force, and turns the outcome of its experiments into the test's result.</summary>
internal sealed class ExperimentCommand(TestCommand inner, ExperimentAttribute experiment) : DelegatingTestCommand(inner)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        var started = DateTimeOffset.UtcNow;
        var identity = ExperimentIdentity.Of(Test, experiment);
        Profile profile;
        try
        {
            profile = Profile.FromTestParameters(Test);
        }
        catch (FormatException exception)
        {
            // Without the settings it is not even known where a record belongs.
            context.CurrentResult.SetResult(ResultState.NotRunnable, exception.Message);
            TestsSeen.Add(Test);
            return context.CurrentResult;
        }

        var runs = new CollectedResults();
        if (identity.Problem is { } problem)
        {
            context.CurrentResult.SetResult(ResultState.NotRunnable, problem);
        }
        else
        {
            Run(context, profile, identity, runs);
        }

        var outcome = TestOutcome.Of(context.CurrentResult, runs.All);
        outcome.Apply(context.CurrentResult, profile.Inconclusive);
        if (outcome.Outcome == Outcome.Inconclusive && context.CurrentResult.ResultState.Status != TestStatus.Failed)
        {
            // A test run shows why tests failed, and of others that they were skipped; what is written as an error it shows as well.
            TestContext.Error.WriteLine($"{RecordedTest.NameOf(Test)}: {context.CurrentResult.Message}");
        }

        var unrecorded = new RecordedTest(Test, identity, profile, started) { Attempt = context.CurrentRepeatCount + 1 }.Record(context.CurrentResult, outcome, runs.All);
        TestsSeen.Add(Test);
        if (unrecorded is not null)
        {
            context.CurrentResult.SetResult(ResultState.Error, $"Broken: the result could not be recorded: {unrecorded}\n{context.CurrentResult.Message}");
        }

        return context.CurrentResult;
    }

    private void Run(TestExecutionContext context, Profile profile, ExperimentIdentity identity, CollectedResults runs)
    {
        try
        {
            var options = Options(profile, identity);
            using var current = new ExperimentRunner(options with { Recorders = [.. options.Recorders, runs] }).MakeCurrent();
            innerCommand.Execute(context);
        }
        catch (Exception exception)
        {
            context.CurrentResult.RecordException(exception);
        }
    }

    private RunnerOptions Options(Profile profile, ExperimentIdentity identity) => profile.Options with
    {
        DefaultId = identity.Id,
        DefaultName = RecordedTest.NameOf(Test),
        Parameters = identity.Texts,
        Labels = TestCategories.Of(Test),
        DefaultObjectives = experiment.Objectives.Objectives,
        Reverters = [.. profile.Options.Reverters, .. Test.TypeInfo?.Assembly.GetCustomAttributes<RecipeReverterAttribute>().Select(attribute => attribute.Make()) ?? []],
    };
}
