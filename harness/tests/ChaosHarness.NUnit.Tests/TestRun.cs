using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.NUnit.Tests.Subjects;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit.Tests;

/// <summary>Runs subjects through NUnit, as a test host would, and reads what they left.</summary>
internal sealed class TestRun : IDisposable
{
    // Code that runs for the first time is late, and what is late is no measurement.
    private static readonly Lazy<bool> WarmUp = new(() =>
    {
        using var first = new TestRun(typeof(OutcomeSubjects), nameof(OutcomeSubjects.Passes), []);
        return first.Results.Count == 1;
    });

    private readonly HeardOutput _heard = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("allure-").FullName;

    private TestRun(Type subjects, string? method, IReadOnlyList<(string Name, string Value)> parameters)
    {
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        // All of them each time: NUnit keeps those of the run before.
        var given = new Dictionary<string, string>
        {
            ["Chaos.ResultsFolder"] = ResultsFolder,
            ["Chaos.FaultJournalFolder"] = Path.Combine(_folder, "faults"),
            ["Chaos.SessionTimeout"] = "1h",
            ["Chaos.Profile"] = "nightly",
            ["Chaos.Seed"] = "42",
            ["Chaos.Inconclusive"] = "pass",
            ["Chaos.Impossible"] = "skip",
            ["Chaos.Live"] = "lines",
            ["Chaos.ClosedBecause"] = "",
        };
        foreach (var (name, value) in parameters)
        {
            given[name] = value;
        }

        var settings = new Dictionary<string, object> { ["TestParametersDictionary"] = given, ["SynchronousEvents"] = true, ["NumberOfTestWorkers"] = 0 };
        // The runner inside resets the context of the test that runs it.
        using var isolated = new TestExecutionContext.IsolatedContext();
        runner.Load(typeof(OutcomeSubjects).Assembly, settings);
        var filter = $"<class>{subjects.FullName}</class>" + (method is null ? "" : $"<method>{method}</method>");
        Assembly = runner.Run(_heard, TestFilter.FromXml($"<filter><and>{filter}</and></filter>"));
        Results = [.. Leaves(Assembly).Where(result => result.ResultState.Label != "Explicit")];
    }

    /// <summary>The result of the whole assembly.</summary>
    public ITestResult Assembly { get; }

    /// <summary>The results of the tests that were selected, in the order in which they ended.</summary>
    public IReadOnlyList<ITestResult> Results { get; }

    /// <summary>The result of the one test that was selected.</summary>
    public ITestResult Result => Results.Single();

    /// <summary>What was written for people, however quiet the test run is.</summary>
    public string Errors => _heard.Errors;

    /// <summary>What they wrote to be seen while they ran.</summary>
    public IReadOnlyList<string> Progress => _heard.Progress.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>What the recorders of the assembly received.</summary>
    public IReadOnlyList<RunRecord> Recorded => [.. RecordedResults.In(JournalFolder)];

    /// <summary>The tests that the recorders of the assembly received.</summary>
    public IReadOnlyList<TestRecord> Tests => [.. RecordedTests.In(JournalFolder)];

    public IReadOnlyList<RunRecord> Journals => [.. Directory.EnumerateFiles(JournalFolder, "*.journal.json").Select(path => Journal.Read(File.ReadAllBytes(path)))];

    private string ResultsFolder => Path.Combine(_folder, "results");

    private string JournalFolder => Path.Combine(_folder, "journals");

    /// <summary>Runs a test of the outcomes.</summary>
    public static TestRun Of(string method, params IReadOnlyList<(string Name, string Value)> parameters) => Warm(typeof(OutcomeSubjects), method, parameters);

    /// <summary>Runs the tests of a class, or one method of it.</summary>
    public static TestRun Of(Type subjects, string? method = null) => Warm(subjects, method, []);

    /// <summary>The only record of a method's tests.</summary>
    public RunRecord RecordOf(string method) => Recorded.Single(record => record.ExperimentId.EndsWith("." + method, StringComparison.Ordinal));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TestRun Warm(Type subjects, string? method, IReadOnlyList<(string Name, string Value)> parameters) =>
        WarmUp.Value ? new TestRun(subjects, method, parameters) : throw new InvalidOperationException("The first test did not run.");

    private static IEnumerable<ITestResult> Leaves(ITestResult result) => result.HasChildren ? result.Children.SelectMany(Leaves) : result.Test.IsSuite ? [] : [result];
}
