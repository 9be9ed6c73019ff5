using ChaosHarness.Timing;

namespace ChaosHarness.Calls;

/// <summary>What came of a call into code that is not the harness's own.</summary>
/// <param name="Callee">Whose code.</param>
/// <param name="End">How it ended.</param>
/// <param name="Exception">What it threw, if it did.</param>
/// <param name="Timeout">The time that it had.</param>
internal record CallResult(Callee Callee, CallEnd End, Exception? Exception, TimeSpan Timeout)
{
    public bool IsCompleted => End == CallEnd.Completed;

    /// <summary>What went wrong, with the name of the callee; null when nothing did.</summary>
    public string? Problem => End switch
    {
        CallEnd.Completed => null,
        CallEnd.Threw => $"{Callee} failed: {CallException.TextOf(Exception!)}",
        CallEnd.TimedOut => $"{Callee} did not answer within {DurationText.Format(Timeout)}",
        _ => $"{Callee} was given up before it answered",
    };

    /// <summary>What went wrong, for who has named the callee already; null when nothing did.</summary>
    public string? Cause => End switch
    {
        CallEnd.Completed => null,
        CallEnd.Threw => CallException.TextOf(Exception!),
        CallEnd.TimedOut => $"it did not answer within {DurationText.Format(Timeout)}",
        _ => "it was given up before it answered",
    };

    /// <summary>Goes on only when it returned.</summary>
    /// <exception cref="CallException">It did not; says whose code did what.</exception>
    public void Require()
    {
        if (!IsCompleted)
        {
            throw new CallException(this);
        }
    }
}
