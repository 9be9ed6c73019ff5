using System.Diagnostics;
using System.Reflection;
using ChaosHarness.Experiments;
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
            Record(profile, context, results.All, JudgedResults.Of(context.CurrentResult, results.All), started);
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

    // What keeps a recorder from its work is told and never taken for a fault of the system; the journal is there already, and the other recorders get theirs.
    private void Record(Profile profile, TestExecutionContext context, IReadOnlyList<RunRecord> before, IReadOnlyList<RunRecord> judged, DateTimeOffset started)
    {
        try
        {
            IReadOnlyList<RunRecord> final = judged.Count > 0 ? judged : [JudgedResults.NotRun(context.CurrentResult, Options(profile), started)];
            var recorders = AssemblyRecorders.Of(Test.TypeInfo!.Assembly, profile.Recording);
            try
            {
                JudgedResults.RecordAsync(before, final, profile.Recording.JournalFolder, recorders.OfRuns).GetAwaiter().GetResult();
            }
            catch (Exception exception)
            {
                Fail(context, exception);
            }

            var record = TestDescription.Of(Test, context.CurrentResult, profile, final) with { StartedAt = started, Attempt = context.CurrentRepeatCount + 1 };
            foreach (var recorder in recorders.OfTests)
            {
                recorder.RecordAsync(record, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            }
        }
        catch (Exception exception)
        {
            Fail(context, exception);
        }
    }

    private static void Fail(TestExecutionContext context, Exception exception)
    {
        var reason = exception is TargetInvocationException { InnerException: { } inner } ? inner.Message : exception.Message;
        context.CurrentResult.SetResult(
            global::NUnit.Framework.Interfaces.ResultState.Error,
            $"Broken: the result could not be recorded: {reason}\n{context.CurrentResult.Message}");
    }
}
