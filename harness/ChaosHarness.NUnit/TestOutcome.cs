using ChaosHarness.Experiments;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit;

/// <summary>
/// Turns outcomes into a test result. What says nothing about the system is never a pass and never a missed objective:
/// Inconclusive stays inconclusive, Halted and Broken are errors, whatever the test itself asserted.
/// </summary>
internal static class TestOutcome
{
    /// <summary>A halted test: a failed one that no assertion failed.</summary>
    public static ResultState Halted { get; } = new(TestStatus.Failed, "Halted");

    public static void Apply(TestResult test, IReadOnlyList<RunRecord> results)
    {
        switch (Of(test, results))
        {
            case Outcome.Broken:
                Set(test, ResultState.Error, First(results, Outcome.Broken) ?? test.Message);
                break;
            case Outcome.Halted:
                Set(test, Halted, First(results, Outcome.Halted));
                break;
            case Outcome.Inconclusive:
                Set(test, ResultState.Inconclusive, First(results, Outcome.Inconclusive) ?? WhyNotRun(test) ?? (test.Message is { Length: > 0 } message ? message : "the test ran no experiment"));
                break;
            case Outcome.Failed when test.ResultState.Status != TestStatus.Failed:
                Set(test, ResultState.Failure, First(results, Outcome.Failed));
                break;
            default:
                break;
        }
    }

    /// <summary>The outcome of a test: the gravest of its experiments' and of its own.</summary>
    public static Outcome Of(ITestResult test, IReadOnlyList<RunRecord> results)
    {
        foreach (var outcome in new[] { Outcome.Broken, Outcome.Halted, Outcome.Inconclusive })
        {
            if (results.Any(result => result.Outcome == outcome))
            {
                return outcome;
            }
        }

        // The topology could not run at all, or NUnit itself says so.
        if (WhyNotRun(test) is not null || test.ResultState.Status is TestStatus.Inconclusive or TestStatus.Skipped)
        {
            return Outcome.Inconclusive;
        }

        if (test.ResultState.Status == TestStatus.Failed)
        {
            return test.ResultState.Label == ResultState.Error.Label ? Outcome.Broken : test.ResultState.Label == Halted.Label ? Outcome.Halted : Outcome.Failed;
        }

        return results.Count == 0 ? Outcome.Inconclusive
            : results.Any(result => result.Outcome == Outcome.Failed) ? Outcome.Failed
            : Outcome.Passed;
    }

    // NUnit keeps the exception to itself, from a set-up as from a test; its message begins with the type.
    private static string? WhyNotRun(ITestResult test)
    {
        var type = typeof(NotRunException).FullName + " : ";
        return test.Message?.IndexOf(type, StringComparison.Ordinal) is >= 0 and var start ? test.Message[(start + type.Length)..] : null;
    }

    private static string? First(IReadOnlyList<RunRecord> results, Outcome outcome) =>
        results.FirstOrDefault(result => result.Outcome == outcome)?.Reason;

    private static void Set(TestResult test, ResultState state, string? reason)
    {
        var outcome = state == ResultState.Error ? Outcome.Broken : state == Halted ? Outcome.Halted : state == ResultState.Failure ? Outcome.Failed : Outcome.Inconclusive;
        var message = reason?.StartsWith(outcome + ":", StringComparison.Ordinal) == true ? reason : $"{outcome}: {reason}";
        test.SetResult(state, message, test.StackTrace ?? "");
    }
}
