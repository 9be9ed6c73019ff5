using System.Runtime.CompilerServices;
using ChaosHarness.Timing;

namespace ChaosHarness.Calls;

/// <summary>
/// How long code that is not the harness's own may take, beside probes and workloads, faults and reading back, which say that themselves.
/// What takes longer is given up: it is asked to stop, and nobody waits for it any more. Every limit is above zero.
/// </summary>
public sealed record CallLimits
{
    // Who waits for longer has no limit, and timers have one of their own.
    internal static readonly TimeSpan Longest = TimeSpan.FromDays(1);

    /// <summary>A look at the target of a fault and at its way back, before anything is injected.</summary>
    /// <value>Default: 3 minutes, in which a cloud can rehearse an experiment.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Look { get; init => field = Checked(value); } = TimeSpan.FromMinutes(3);

    /// <summary>Planning how a fault is undone, and then getting ready for its strike: each.</summary>
    /// <value>Default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Plan { get; init => field = Checked(value); } = TimeSpan.FromSeconds(30);

    /// <summary>A line in the fault journal, whose disk may hang.</summary>
    /// <value>Default: 10 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Note { get; init => field = Checked(value); } = TimeSpan.FromSeconds(10);

    /// <summary>A look whether a fault is still in force.</summary>
    /// <value>Default: 5 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Presence { get; init => field = Checked(value); } = TimeSpan.FromSeconds(5);

    /// <summary>One attempt to undo a fault.</summary>
    /// <value>Default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Revert { get; init => field = Checked(value); } = TimeSpan.FromSeconds(30);

    /// <summary>How often it is tried to undo a fault, before a person has to.</summary>
    /// <value>Default: 3 times.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is less than 1.</exception>
    public int RevertAttempts { get; init => field = Checked(value); } = 3;

    /// <summary>The pause between two attempts to undo a fault.</summary>
    /// <value>Default: 500 milliseconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan RevertPause { get; init => field = Checked(value); } = TimeSpan.FromMilliseconds(500);

    /// <summary>Undoing one fault that a killed run left behind.</summary>
    /// <value>Default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Leftover { get; init => field = Checked(value); } = TimeSpan.FromSeconds(30);

    /// <summary>An answer of a stop condition; one that takes longer three times running halts the run.</summary>
    /// <value>Default: 5 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan StopCondition { get; init => field = Checked(value); } = TimeSpan.FromSeconds(5);

    /// <summary>Beginning or ending to listen to a source of signals or logs.</summary>
    /// <value>Default: 10 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Subscription { get; init => field = Checked(value); } = TimeSpan.FromSeconds(10);

    /// <summary>Taking a lease, beyond the time that the lease is told to wait for its holder.</summary>
    /// <value>Default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Lease { get; init => field = Checked(value); } = TimeSpan.FromSeconds(30);

    /// <summary>Giving a lease back, or noting with it what was left broken.</summary>
    /// <value>Default: 10 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan LeaseReturn { get; init => field = Checked(value); } = TimeSpan.FromSeconds(10);

    /// <summary>One recorder's work on one record.</summary>
    /// <value>Default: 1 minute.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Recording { get; init => field = Checked(value); } = TimeSpan.FromMinutes(1);

    /// <summary>What a checker or an expectation makes of a run.</summary>
    /// <value>Default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Judgement { get; init => field = Checked(value); } = TimeSpan.FromSeconds(30);

    /// <summary>An answer of who may refuse a run at this moment; one that takes longer is a refusal.</summary>
    /// <value>Default: 30 seconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is not above zero, or more than a day.</exception>
    public TimeSpan Permit { get; init => field = Checked(value); } = TimeSpan.FromSeconds(30);

    private static TimeSpan Checked(TimeSpan value, [CallerMemberName] string name = "") =>
        value > TimeSpan.Zero && value <= Longest ? value : throw new ArgumentOutOfRangeException(name, $"The limit {name} is {DurationText.Format(value)}, but must be above zero and at most {DurationText.Format(Longest)}.");

    private static int Checked(int value, [CallerMemberName] string name = "") =>
        value > 0 ? value : throw new ArgumentOutOfRangeException(name, $"{name} is {value}, but must be 1 or more.");
}
