using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.NUnit.Outcomes;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Recording;

/// <summary>
/// Hands a test that is over to the recorders of its assembly, and makes the record of one that came to no run. What keeps one recorder from its work is
/// told and keeps none of the others; it is never taken for a fault of the system.
/// </summary>
internal sealed class RecordedTest(ITest test, ExperimentIdentity identity)
{
    private readonly List<string> _problems = [];

    /// <summary>Which experiment it is, from run to run.</summary>
    public ExperimentIdentity Identity => identity;

    /// <summary>Which attempt it was, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; } = DateTimeOffset.UtcNow;

    public static string NameOf(ITest test) => test.Name.Replace('_', ' ');

    /// <summary>Records; a test that came to no run leaves a record that says so.</summary>
    /// <param name="result">What NUnit came to.</param>
    /// <param name="outcome">What that means.</param>
    /// <param name="options">What it was run with.</param>
    /// <param name="runs">The sealed records of its runs.</param>
    /// <param name="profile">The settings.</param>
    /// <returns>What could not be recorded, and why; empty when everything was.</returns>
    public IReadOnlyList<string> Record(ITestResult result, TestOutcome outcome, RunnerOptions options, IReadOnlyList<RunRecord> runs, Profile profile)
    {
        if (runs.Count == 0)
        {
            // That a recovery was not tested is part of its history.
            var reason = outcome.Reason is { Length: > 0 } known ? known : result.Message;
            runs = [UnrunRecord.Of(options, outcome.Outcome, reason, StartedAt) with { Attempt = Attempt, Impossible = outcome.IsImpossible }];
            foreach (var recorder in options.Recorders)
            {
                Tell(Rendering.RecordAsync(recorder, runs[0], options));
            }
        }

        var told = Told(result, outcome, options, runs, profile);
        var recorders = AssemblyRecorders.Of(test.TypeInfo!.Assembly, profile.Recording);
        foreach (var recorder in recorders.OfTests)
        {
            Tell(Rendering.RecordAsync(recorder, told, options));
        }

        return [.. recorders.Problems, .. _problems];
    }

    private TestRecord Told(ITestResult result, TestOutcome outcome, RunnerOptions options, IReadOnlyList<RunRecord> runs, Profile profile) => new()
    {
        Framework = "NUnit",
        Fixture = test.TypeInfo!.Type,
        Method = test.Method!.MethodInfo,
        Name = NameOf(test),
        Parameters = identity.Parameters,
        Categories = TestCategories.Of(test),
        Attempt = Attempt,
        StartedAt = StartedAt,
        EndedAt = DateTimeOffset.UtcNow,
        Outcome = outcome.Outcome,
        HasFailed = result.ResultState.Status == TestStatus.Failed,
        Message = result.Message is { Length: > 0 } message && message.StartsWith(outcome.Outcome + ":", StringComparison.Ordinal) ? message : outcome.Tell(result.Message),
        Trace = result.StackTrace,
        Runs = runs,
        Options = options,
        Settings = profile.Parameters,
    };

    private void Tell(Task<string?> recording)
    {
        if (recording.GetAwaiter().GetResult() is { } problem)
        {
            _problems.Add("the result could not be recorded: " + problem);
        }
    }
}
