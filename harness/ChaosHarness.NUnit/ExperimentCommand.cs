using ChaosHarness.Experiments;
using ChaosHarness.Live;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.NUnit.Live;
using ChaosHarness.NUnit.Outcomes;
using ChaosHarness.NUnit.Recording;
using ChaosHarness.Safety;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;
using NUnit.Framework.Internal.Commands;

namespace ChaosHarness.NUnit;

/// <summary>
/// Runs a test in a scope of its own, with its objectives and profile in force, set-up and tear-down included; each attempt of a retried test anew.
/// When it is over its runs are sealed, and what became of them becomes the test's result.
/// </summary>
internal sealed class ExperimentCommand(TestCommand inner, ExperimentAttribute experiment) : DelegatingTestCommand(inner)
{
    public override TestResult Execute(TestExecutionContext context)
    {
        var result = context.CurrentResult;
        TestsSeen.Add(Test);
        Profile profile;
        RunnerOptions options;
        var recorded = new RecordedTest(Test, ExperimentIdentity.Of(Test, experiment)) { Attempt = context.CurrentRepeatCount + 1 };
        try
        {
            profile = Profile.FromTestParameters(Test);
            options = TestOptions.Of(Test, experiment, recorded.Identity, profile);
        }
        catch (Exception exception) when (exception is FormatException or InvalidOperationException)
        {
            // Without the settings it is not even known where a record belongs.
            result.SetResult(ResultState.NotRunnable, exception.Message);
            SessionEnd.Note(RecordedTest.NameOf(Test), Outcome.Invalid, exception.Message, null);
            return result;
        }

        using var keeping = Keeping.Begin(Test, recorded.StartedAt, profile, options);

        // Made here, where the test is the one that is told of.
        var progress = profile.IsLive ? new Progress() : null;
        options = progress is null ? options : options with { Watchers = [.. options.Watchers, new LiveLines(progress.WriteLine, options.Time)] };
        var feed = Environment.GetEnvironmentVariable(LiveFeed.Variable) is { Length: > 0 } file ? new LiveFeed(file, options.Time) : null;
        options = feed is null ? options : options with { Watchers = [.. options.Watchers, feed] };
        var runs = recorded.Identity.Problem is { } problem ? Refuse(result, ResultState.NotRunnable, problem)
            : keeping.Problem is { } lost ? Refuse(result, ResultState.Error, lost)
            : Run(context, options, recorded.Attempt);
        var outcome = TestOutcome.Of(result, [.. runs.Records.Select(RunEnd.Of)]);
        outcome.Apply(result, profile.Inconclusive);
        Tell(result, outcome, runs.Records, progress);
        SessionEnd.Note(RecordedTest.NameOf(Test), outcome.Outcome, outcome.Reason ?? result.Message, profile, isKept: keeping.Problem is null);
        // Before it is recorded, so that no record of the test says that all was well.
        Complain(result, runs.Problems);
        var problems = recorded.Record(result, outcome, options, runs.Records, profile);
        feed?.Write(new LiveEnd(Secrets.Mask(RecordedTest.NameOf(Test)), outcome.Outcome, outcome.Outcome == Outcome.Passed ? null : Secrets.Mask(outcome.Reason ?? result.Message ?? "")));
        // That it cannot be kept is said already.
        Complain(result, keeping.Problem is null ? problems : []);
        return result;
    }

    private static void Complain(TestResult result, IReadOnlyList<string> problems)
    {
        if (problems.Count > 0)
        {
            result.SetResult(ResultState.Error, $"Broken: {string.Join(" ", problems)}\n{result.Message}", result.StackTrace ?? "");
        }
    }

    private static SealedRuns Refuse(TestResult result, ResultState state, string problem)
    {
        result.SetResult(state, problem);
        return new SealedRuns([], []);
    }

    // A test run shows why tests failed, and of others only that they were skipped; what is written as an error it shows as well.
    private void Tell(TestResult result, TestOutcome outcome, IReadOnlyList<RunRecord> runs, Progress? progress)
    {
        if (outcome.Outcome == Outcome.Inconclusive && result.ResultState.Status != TestStatus.Failed)
        {
            TestContext.Error.WriteLine($"{RecordedTest.NameOf(Test)}: {result.Message}");
            return;
        }

        foreach (var line in progress is null ? [] : ResultLines.Of(RecordedTest.NameOf(Test), outcome.Outcome, outcome.Reason ?? result.Message, runs))
        {
            progress!.WriteLine(line);
        }
    }

    private SealedRuns Run(TestExecutionContext context, RunnerOptions options, int attempt)
    {
        // Not NUnit's own token, which counts the time too in which a run waits for its system.
        using var time = new TestTime(experiment.LimitOf(Test), SessionTime.Left);
        using var scope = RunScope.Open(options with { RunningTime = time.Limit, WhyCancelled = () => time.Why }, experiment.Objectives.Expectations, time.Token);
        // The flow of control has the scope in this synchronous method and below, never after it.
        using (scope.Enter())
        {
            var ofNUnit = context.CancellationToken;
            TokenOfTest.Set(context, time.Token);
            try
            {
                innerCommand.Execute(context);
            }
            catch (Exception exception)
            {
                context.CurrentResult.RecordException(exception);
            }
            finally
            {
                TokenOfTest.Set(context, ofNUnit);
            }
        }

        // What failed because a run says nothing is no failure of the other runs.
        var outcome = TestOutcome.Of(context.CurrentResult, [.. scope.Results.Select(RunEnd.Of)]).Outcome;
        var isOwn = context.CurrentResult.ResultState.Status == TestStatus.Failed && outcome is Outcome.Failed or Outcome.Broken;
        return scope.SealAsync(new ScopeEnd(isOwn, context.CurrentResult.Message, outcome == Outcome.Broken, attempt)).GetAwaiter().GetResult();
    }
}
