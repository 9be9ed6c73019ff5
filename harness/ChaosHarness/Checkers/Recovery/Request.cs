using ChaosHarness.Histories;

namespace ChaosHarness.Checkers.Recovery;

/// <summary>What is known of one request at a moment. All times are since the start of the run.</summary>
/// <param name="Due">When it was to be sent.</param>
/// <param name="Sent">When it was sent, or refused; <see cref="Never"/> while nobody has begun it.</param>
/// <param name="Completed">When its answer or failure was known; <see cref="Never"/> while it is open.</param>
/// <param name="Verdict">Good or why not; means nothing while it is open.</param>
internal readonly record struct Request(TimeSpan Due, TimeSpan Sent, TimeSpan Completed, OperationVerdict Verdict)
{
    public static TimeSpan Never => TimeSpan.MaxValue;

    public bool IsSent => Sent != Never;

    public bool IsOpen => Completed == Never;

    public bool IsGood => Verdict == OperationVerdict.Good && !IsOpen;

    public bool IsRefused => Verdict == OperationVerdict.NotSent && !IsOpen;

    public TimeSpan Took => Completed - Sent;
}
