using System.Diagnostics;
using System.Reflection;
using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Allure;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace ChaosHarness.NUnit;

/// <summary>Runs a test with its objectives and profile in force, and turns the outcome of its experiments into the test's result.</summary>
internal sealed class ExperimentCommand(TestCommand inner, ExperimentAttribute experiment) : DelegatingTestCommand(inner)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        var started = DateTimeOffset.UtcNow;
        var results = new CollectedResults();
        Profile? profile = null;
        try
        {
            profile = Profile.FromTestParameters(context.CurrentTest);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
            limit.CancelAfter(TimeLeft(profile));
            PassToken(limit.Token);
            using var current = Runner(profile, results).MakeCurrent();
            innerCommand.Execute(context);
        }
        catch (Exception exception)
        {
            context.CurrentResult.RecordException(exception);
        }

        TestOutcome.Apply(context.CurrentResult, results.All);
        if (profile is not null)
        {
            Report(profile, context, results.All, started);
        }

        return context.CurrentResult;
    }

    // A test session that takes too long is killed, and could revert nothing then: it ends itself in time.
    private TimeSpan TimeLeft(Profile profile)
    {
        if (profile.SessionTimeout is not { } session)
        {
            return experiment.Limit;
        }

        using var process = Process.GetCurrentProcess();
        var left = process.StartTime + session - DateTime.Now;
        return left < TimeSpan.Zero ? TimeSpan.Zero : left < experiment.Limit ? left : experiment.Limit;
    }

    private void PassToken(CancellationToken token)
    {
        if (Test.Arguments is [CancellationToken])
        {
            Test.Arguments[0] = token;
        }
    }

    private ExperimentRunner Runner(Profile profile, CollectedResults results) => new(profile.Options with
    {
        DefaultName = Test.Name.Replace('_', ' '),
        DefaultObjectives = experiment.Objectives,
        Recorders = [.. profile.Options.Recorders, results],
        Reverters = [.. profile.Options.Reverters, .. Test.TypeInfo?.Assembly.GetCustomAttributes<RecipeReverterAttribute>().Select(attribute => attribute.Make()) ?? []],
    });

    // A report that cannot be written is a failure of the harness, never a reason to lose the test's own result.
    private static void Report(Profile profile, TestExecutionContext context, IReadOnlyList<ExperimentResult> results, DateTimeOffset started)
    {
        try
        {
            new AllureWriter(profile.ResultsFolder).Write(AllureTest.From(context.CurrentTest, context.CurrentResult, results, started, DateTimeOffset.UtcNow), results);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            context.CurrentResult.SetResult(
                global::NUnit.Framework.Interfaces.ResultState.Error,
                $"Broken: the Allure result could not be written to {profile.ResultsFolder}: {exception.Message}\n{context.CurrentResult.Message}");
        }
    }
}
