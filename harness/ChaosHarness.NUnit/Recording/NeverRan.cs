using System.Reflection;
using ChaosHarness.Experiments;
using ChaosHarness.NUnit.Identities;
using ChaosHarness.NUnit.Live;
using ChaosHarness.NUnit.Outcomes;
using NUnit.Framework;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit.Recording;

/// <summary>Looks through the results of an assembly for experiments that left no record, and for fixtures that could not be torn down.</summary>
internal static class NeverRan
{
    public static void Record(ITestResult assembly)
    {
        foreach (var result in Below(assembly).ToList())
        {
            if (ExperimentOf(result.Test) is { } experiment && !TestsSeen.Contains(result.Test) && result.ResultState.Status is TestStatus.Failed or TestStatus.Inconclusive)
            {
                Record(result, result.Test, experiment, TestOutcome.Of(result, []));
            }
            else if (result is { ResultState: { Site: FailureSite.TearDown, Status: TestStatus.Failed }, Test: { IsSuite: true, TypeInfo: { } fixture } } && Below(result).Any(child => ExperimentOf(child.Test) is not null))
            {
                RecordTearDown(result, fixture);
            }
        }
    }

    private static IEnumerable<ITestResult> Below(ITestResult result) => result.Children.SelectMany(Below).Prepend(result);

    private static ExperimentAttribute? ExperimentOf(ITest test) => test.IsSuite ? null : test.Method?.MethodInfo.GetCustomAttribute<ExperimentAttribute>(inherit: true);

    // It is of no single test, so it is told as a test of its own: what was started in the fixture may run on.
    private static void RecordTearDown(ITestResult result, ITypeInfo fixture)
    {
        var method = fixture.GetMethodsWithAttribute<OneTimeTearDownAttribute>(inherit: true).FirstOrDefault()?.MethodInfo ?? fixture.Type.GetMethod(nameof(IDisposable.Dispose));
        if (method is not null)
        {
            var tearDown = new TestMethod(new MethodWrapper(fixture.Type, method)) { Name = $"{fixture.Type.Name} is torn down", Parent = result.Test };
            Record(result, tearDown, new ExperimentAttribute { Id = fixture.FullName + "." + method.Name }, new TestOutcome(Outcome.Broken, result.Message));
        }
    }

    private static void Record(ITestResult result, ITest test, ExperimentAttribute experiment, TestOutcome outcome)
    {
        try
        {
            var profile = Profile.FromTestParameters(test);
            SessionEnd.Note(RecordedTest.NameOf(test), outcome.Outcome, outcome.Reason ?? result.Message, profile);
            // NUnit gives no time to a test that it never began.
            var started = result.StartTime == default ? DateTimeOffset.UtcNow : new DateTimeOffset(DateTime.SpecifyKind(result.StartTime, DateTimeKind.Utc));
            var recorded = new RecordedTest(test, ExperimentIdentity.Of(test, experiment)) { StartedAt = started };
            if (recorded.Record(result, outcome, TestOptions.Of(test, experiment, recorded.Identity, profile), [], profile) is { Count: > 0 } problems)
            {
                Tell(test, string.Join(" ", problems));
            }
        }
        catch (Exception exception)
        {
            Tell(test, exception.Message);
        }
    }

    // The results are out already: nothing but a word is left.
    private static void Tell(ITest test, string problem) => TestContext.Error.WriteLine($"{RecordedTest.NameOf(test)}: what became of it is not recorded everywhere: {problem}");
}
