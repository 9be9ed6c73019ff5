using System.Reflection;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.NUnit.Outcomes;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit.Recording;

/// <summary>
/// Hands a test that is over, and the records of its runs, to the journals and to the recorders of its assembly. What keeps one of them from its work is
/// told and keeps none of the others; it is never taken for a fault of the system.
/// </summary>
internal sealed class RecordedTest(ITest test, ExperimentIdentity identity, Profile profile, DateTimeOffset started)
{
    private readonly List<string> _problems = [];

    /// <summary>Which attempt it was, from 1.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>Records; a test that came to no run leaves a record that says so.</summary>
    /// <param name="result">What NUnit came to.</param>
    /// <param name="outcome">What that means.</param>
    /// <param name="runs">What the test ran, as it was when each run ended.</param>
    /// <returns>What could not be recorded, and why; null when everything was.</returns>
    public string? Record(ITestResult result, TestOutcome outcome, IReadOnlyList<RunRecord> runs)
    {
        IReadOnlyList<RunRecord> judged = runs.Count > 0 ? [.. runs.Select(run => Judged(run, result, outcome, runs))] : [NotRun(result, outcome)];
        var journals = new JournalRecorder(profile.Recording.JournalFolder);
        foreach (var run in judged.Except(runs))
        {
            Try(() => journals.RecordAsync(run, CancellationToken.None));
        }

        var recorders = Recorders();
        foreach (var recorder in recorders?.OfRuns ?? [])
        {
            foreach (var run in judged)
            {
                Try(() => recorder.RecordAsync(run, CancellationToken.None));
            }
        }

        var told = Told(result, outcome, judged);
        foreach (var recorder in recorders?.OfTests ?? [])
        {
            Try(() => recorder.RecordAsync(told, CancellationToken.None));
        }

        return _problems.Count == 0 ? null : string.Join(" ", _problems.Distinct(StringComparer.Ordinal));
    }

    private AssemblyRecorders? Recorders()
    {
        AssemblyRecorders? recorders = null;
        Try(() =>
        {
            recorders = AssemblyRecorders.Of(test.TypeInfo!.Assembly, profile.Recording);
            return ValueTask.CompletedTask;
        });
        return recorders;
    }

    // An assertion that failed after its runs had passed makes them failed ones.
    private RunRecord Judged(RunRecord run, ITestResult result, TestOutcome outcome, IReadOnlyList<RunRecord> runs)
    {
        var identified = identity.Parameters.Count == 0 && Attempt == 1 ? run : run with { Parameters = identity.Texts, Attempt = Attempt };
        return outcome.Outcome is Outcome.Failed or Outcome.Broken && runs.All(other => other.Outcome == Outcome.Passed)
            ? identified with { Outcome = outcome.Outcome, Reason = result.Message }
            : identified;
    }

    // That a recovery was not tested is part of its history.
    private RunRecord NotRun(ITestResult result, TestOutcome outcome) => new()
    {
        RunId = RunRecord.NewRunId(started),
        ExperimentId = identity.Id,
        Parameters = identity.Texts,
        Attempt = Attempt,
        Impossible = outcome.IsImpossible,
        Name = NameOf(test),
        Labels = TestCategories.Of(test),
        Origin = profile.Options.Origin,
        Hypothesis = NameOf(test),
        System = "unknown",
        Environment = "unknown",
        Topology = "unknown",
        StartedAt = started,
        Duration = DateTimeOffset.UtcNow - started,
        Outcome = outcome.Outcome,
        Reason = outcome.Reason ?? result.Message,
        Objectives = Objectives.None,
        Measurements = new Measurements(),
        Phases = [.. Enum.GetValues<PhaseName>().Select(name => new PhaseRecord(name, PhaseStatus.Skipped, default))],
        Faults = [],
        Timeline = [],
        Observations = [],
    };

    private TestRecord Told(ITestResult result, TestOutcome outcome, IReadOnlyList<RunRecord> runs) => new()
    {
        Framework = "NUnit",
        Fixture = test.TypeInfo!.Type,
        Method = test.Method!.MethodInfo,
        Name = NameOf(test),
        Parameters = identity.Parameters,
        Categories = TestCategories.Of(test),
        Attempt = Attempt,
        StartedAt = started,
        EndedAt = DateTimeOffset.UtcNow,
        Outcome = outcome.Outcome,
        Message = result.Message is { Length: > 0 } message && message.StartsWith(outcome.Outcome + ":", StringComparison.Ordinal) ? message : outcome.Tell(result.Message),
        Trace = result.StackTrace,
        Runs = runs,
        Options = profile.Options,
        Settings = profile.Parameters,
    };

    public static string NameOf(ITest test) => test.Name.Replace('_', ' ');

    private void Try(Func<ValueTask> record)
    {
        try
        {
            record().AsTask().GetAwaiter().GetResult();
        }
        catch (Exception exception)
        {
            _problems.Add(exception is TargetInvocationException { InnerException: { } inner } ? inner.Message : exception.Message);
        }
    }
}
