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
            var judged = JudgedResults.Of(context.CurrentResult, results.All);
            Record(profile, context, results.All, judged, started);
            Report(profile, context, judged, started);
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

    private ExperimentRunner Runner(Profile profile, CollectedResults results)
    {
        var options = Options(profile);
        return new ExperimentRunner(options with { Recorders = [.. options.Recorders, results] });
    }

    private RunnerOptions Options(Profile profile) => profile.Options with
    {
        DefaultId = experiment.Id ?? Test.ClassName + "." + Test.MethodName,
        DefaultName = Test.Name.Replace('_', ' '),
        Labels = TestCategories.Of(Test),
        DefaultObjectives = experiment.Objectives,
        Reverters = [.. profile.Options.Reverters, .. Test.TypeInfo?.Assembly.GetCustomAttributes<RecipeReverterAttribute>().Select(attribute => attribute.Make()) ?? []],
    };

    // What keeps a recorder from its work is told and never taken for a fault of the system; the journal is there already.
    private void Record(Profile profile, TestExecutionContext context, IReadOnlyList<RunRecord> before, IReadOnlyList<RunRecord> judged, DateTimeOffset started)
    {
        try
        {
            IReadOnlyList<RunRecord> final = judged.Count > 0 ? judged : [JudgedResults.NotRun(context.CurrentResult, Options(profile), started)];
            var recorders = AssemblyRecorders.Of(Test.TypeInfo!.Assembly, profile.Recording);
            JudgedResults.RecordAsync(before, final, profile.Recording.JournalFolder, recorders).GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            var reason = exception is TargetInvocationException { InnerException: { } inner } ? inner.Message : exception.Message;
            context.CurrentResult.SetResult(
                global::NUnit.Framework.Interfaces.ResultState.Error,
                $"Broken: the result could not be recorded: {reason}\n{context.CurrentResult.Message}");
        }
    }

    // A report that cannot be written is a failure of the harness, never a reason to lose the test's own result.
    private static void Report(Profile profile, TestExecutionContext context, IReadOnlyList<RunRecord> results, DateTimeOffset started)
    {
        try
        {
            new AllureWriter(profile.ResultsFolder).Write(AllureTest.From(context.CurrentTest, context.CurrentResult, results, started, DateTimeOffset.UtcNow), results, profile);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            context.CurrentResult.SetResult(
                global::NUnit.Framework.Interfaces.ResultState.Error,
                $"Broken: the Allure result could not be written to {profile.ResultsFolder}: {exception.Message}\n{context.CurrentResult.Message}");
        }
    }
}
