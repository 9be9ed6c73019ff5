using ChaosHarness.Experiments;
using NUnit.Framework.Interfaces;
using NUnit.Framework.Internal;

namespace ChaosHarness.NUnit.Outcomes;

/// <summary>
/// How a test ended: the gravest of its runs' outcomes and of its own. What says nothing about the system is never a pass and never a missed objective:
/// Halted, Broken and Invalid are errors of their own name, whatever the test itself asserted, and what Inconclusive comes to is for the profile to say.
/// </summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Reason">Why; null when it passed, or the test's own message says it.</param>
/// <param name="IsImpossible">Whether it can never run on this machine.</param>
internal sealed record TestOutcome(Outcome Outcome, string? Reason, bool IsImpossible = false)
{
    /// <summary>A halted test: a failed one that no assertion failed.</summary>
    public static ResultState Halted { get; } = new(TestStatus.Failed, nameof(Outcome.Halted));

    /// <summary>An inconclusive test where the profile lets none pass.</summary>
    public static ResultState Inconclusive { get; } = new(TestStatus.Failed, nameof(Outcome.Inconclusive));

    /// <summary>A test that can never run on this machine, where the profile lets none pass.</summary>
    public static ResultState Impossible { get; } = new(TestStatus.Failed, nameof(Impossible));

    /// <summary>What a test came to.</summary>
    /// <param name="test">Its own result.</param>
    /// <param name="runs">How its runs ended.</param>
    /// <returns>The gravest.</returns>
    public static TestOutcome Of(ITestResult test, IReadOnlyList<RunEnd> runs)
    {
        foreach (var outcome in new[] { Outcome.Broken, Outcome.Invalid, Outcome.Halted, Outcome.Inconclusive })
        {
            // Of two that were inconclusive, the one that can be mended is told.
            if (runs.Where(run => run.Outcome == outcome).OrderBy(run => run.IsImpossible).FirstOrDefault() is { } grave)
            {
                return new TestOutcome(outcome, grave.Reason, grave.IsImpossible);
            }
        }

        // Its topology could not run at all, it was put together wrongly, or NUnit itself says so.
        return Thrown<NotRunException>(test) is { } why ? new TestOutcome(Outcome.Inconclusive, why)
            : Thrown<ImpossibleException>(test) is { } never ? new TestOutcome(Outcome.Inconclusive, never, IsImpossible: true)
            : Thrown<InvalidExperimentException>(test) is { } mistakes ? new TestOutcome(Outcome.Invalid, mistakes)
            : OfState(test, runs);
    }

    /// <summary>Makes it the result of the test.</summary>
    public void Apply(TestResult test, InconclusiveTests inconclusive)
    {
        if (StateIn(test, inconclusive) is { } state)
        {
            test.SetResult(state, Tell(test.Message) ?? "", test.StackTrace ?? "");
        }
    }

    /// <summary>What people are told: the outcome and why; of a test that passed, or that its own assertions failed, what they say.</summary>
    /// <param name="message">The test's own message.</param>
    /// <returns>The text; null when there is nothing to say.</returns>
    public string? Tell(string? message)
    {
        var reason = Reason ?? message;
        return Outcome == Outcome.Passed || (Outcome == Outcome.Failed && Reason is null) || reason?.StartsWith(Outcome + ":", StringComparison.Ordinal) == true ? reason : $"{Outcome}: {reason}";
    }

    private static TestOutcome OfState(ITestResult test, IReadOnlyList<RunEnd> runs) => test.ResultState switch
    {
        { Status: TestStatus.Inconclusive or TestStatus.Skipped } => new TestOutcome(Outcome.Inconclusive, test.Message),
        { Status: TestStatus.Failed } failed when failed.Label == ResultState.NotRunnable.Label => new TestOutcome(Outcome.Invalid, null),
        { Status: TestStatus.Failed } failed when failed.Label == Halted.Label => new TestOutcome(Outcome.Halted, null),
        { Status: TestStatus.Failed } failed when failed.Label == Inconclusive.Label => new TestOutcome(Outcome.Inconclusive, null),
        { Status: TestStatus.Failed } failed when failed.Label.Length > 0 => new TestOutcome(Outcome.Broken, null),
        // An assertion on the outcome says that the run failed, and not why.
        { Status: TestStatus.Failed } when runs.FirstOrDefault(run => run.Outcome == Outcome.Failed && !run.IsToldBy(test.Message)) is { } untold => new TestOutcome(Outcome.Failed, $"{untold.Reason}\n{test.Message}"),
        { Status: TestStatus.Failed } => new TestOutcome(Outcome.Failed, null),
        _ => runs.Count == 0 ? new TestOutcome(Outcome.Inconclusive, "the test ran no experiment: it has to end with await ....RunAsync()")
            : runs.FirstOrDefault(run => run.Outcome == Outcome.Failed) is { } failed ? new TestOutcome(Outcome.Failed, failed.Reason)
            : new TestOutcome(Outcome.Passed, null),
    };

    // NUnit keeps the exception to itself, from a set-up as from a test; its message begins with the type.
    private static string? Thrown<T>(ITestResult test)
        where T : Exception
    {
        var type = typeof(T).FullName + " : ";
        return test.Message?.IndexOf(type, StringComparison.Ordinal) is >= 0 and var start ? test.Message[(start + type.Length)..] : null;
    }

    // Null: the test's own result says it already.
    private ResultState? StateIn(TestResult test, InconclusiveTests inconclusive) => Outcome switch
    {
        Outcome.Broken => ResultState.Error,
        Outcome.Invalid => ResultState.NotRunnable,
        Outcome.Halted => Halted,
        // Somebody said in the test itself that it is to be skipped.
        Outcome.Inconclusive when test.ResultState.Status == TestStatus.Skipped => null,
        Outcome.Inconclusive when IsImpossible => inconclusive.FailImpossible ? Impossible : ResultState.Skipped,
        Outcome.Inconclusive => inconclusive.Fail ? Inconclusive : ResultState.Inconclusive,
        Outcome.Failed when test.ResultState.Status != TestStatus.Failed || Reason is not null => ResultState.Failure,
        _ => null,
    };
}
