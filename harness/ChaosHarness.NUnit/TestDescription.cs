using ChaosHarness.Experiments;
using NUnit.Framework.Interfaces;

namespace ChaosHarness.NUnit;

/// <summary>What NUnit knows of a test, as the recorders of tests want it.</summary>
internal static class TestDescription
{
    public static TestRecord Of(ITest test, ITestResult result, Profile profile, IReadOnlyList<RunRecord> runs) => new()
    {
        Framework = "NUnit",
        Fixture = test.TypeInfo!.Type,
        Method = test.Method!.MethodInfo,
        Name = test.Name.Replace('_', ' '),
        Categories = TestCategories.Of(test),
        StartedAt = new DateTimeOffset(result.StartTime),
        EndedAt = DateTimeOffset.UtcNow,
        Outcome = TestOutcome.Of(result, runs),
        Message = result.Message,
        Trace = result.StackTrace,
        Runs = runs,
        Options = profile.Options,
        Settings = profile.Parameters,
    };
}
