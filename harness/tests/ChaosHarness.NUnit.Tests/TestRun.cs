using ChaosHarness.Experiments;
using ChaosHarness.Journals;
using ChaosHarness.NUnit.Tests.Subjects;
using NUnit.Framework.Api;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit.Tests;

/// <summary>Runs one subject through NUnit, as a test host would, and reads what it left.</summary>
internal sealed class TestRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("allure-").FullName;

    private TestRun(string method, string sessionTimeout)
    {
        var runner = new NUnitTestAssemblyRunner(new DefaultTestAssemblyBuilder());
        var settings = new Dictionary<string, object>
        {
            ["TestParametersDictionary"] = new Dictionary<string, string> { ["Chaos.ResultsFolder"] = ResultsFolder, ["Chaos.FaultJournalFolder"] = Path.Combine(_folder, "faults"), ["Chaos.SessionTimeout"] = sessionTimeout, ["Chaos.Profile"] = "nightly", ["Chaos.Seed"] = "42", ["Chaos.Ledger"] = "Host=db;Password=hunter2" },
            ["SynchronousEvents"] = true,
            ["NumberOfTestWorkers"] = 0,
        };
        // The runner inside resets the context of the test that runs it.
        using var isolated = new TestExecutionContext.IsolatedContext();
        runner.Load(typeof(OutcomeSubjects).Assembly, settings);
        Result = Leaf(runner.Run(TestListener.NULL, TestFilter.FromXml($"<filter><test>{typeof(OutcomeSubjects).FullName}.{method}</test></filter>")));
    }

    /// <summary>What the recorders of the assembly received.</summary>
    public IReadOnlyList<RunRecord> Recorded => [.. RecordedResults.In(JournalFolder)];

    /// <summary>The tests that the recorders of the assembly received.</summary>
    public IReadOnlyList<TestRecord> Tests => [.. RecordedTests.In(JournalFolder)];

    public IReadOnlyList<RunRecord> Journals => [.. Directory.EnumerateFiles(JournalFolder, "*.journal.json").Select(path => Journal.Read(File.ReadAllBytes(path)))];

    public string ResultsFolder => Path.Combine(_folder, "results");

    public ITestResult Result { get; }

    public static TestRun Of(string method, string sessionTimeout = "1h") => new(method, sessionTimeout);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string JournalFolder => Path.Combine(_folder, "journals");

    private static ITestResult Leaf(ITestResult result) => result.HasChildren ? Leaf(result.Children.First()) : result;
}
