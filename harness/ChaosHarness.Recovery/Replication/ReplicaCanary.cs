using ChaosHarness.Expectations;
using ChaosHarness.Probes;
using ChaosHarness.Workloads;

namespace ChaosHarness.Recovery.Replication;

/// <summary>
/// Canaries that are written to a primary and looked for on a replica: how far behind it is, and what would be lost if it took over, measured from outside,
/// whatever either side says of its lag.
/// </summary>
public sealed class ReplicaCanary
{
    private readonly Func<CanaryMark, CancellationToken, ValueTask> _write;
    private readonly Func<long, CancellationToken, ValueTask<long?>> _read;
    private long _run;

    /// <summary>Canaries of any system.</summary>
    /// <param name="name">What the replica is called in records, such as <c>standby</c>.</param>
    /// <param name="write">Makes it known on the primary that this canary, or a newer one of its run, was written; it is acknowledged when this returns. Several may be under way at once.</param>
    /// <param name="read">Reads the newest canary of a run that the replica has; null for none.</param>
    public ReplicaCanary(string name, Func<CanaryMark, CancellationToken, ValueTask> write, Func<long, CancellationToken, ValueTask<long?>> read)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(write);
        ArgumentNullException.ThrowIfNull(read);
        (Name, _write, _read) = (name, write, read);
    }

    /// <summary>What the replica is called.</summary>
    public string Name { get; }

    /// <summary>Canaries a second: what falls between two is not told apart.</summary>
    /// <value>Default: 20.</value>
    public double PerSecond { get; init; } = 20;

    /// <summary>The time between two looks at the replica.</summary>
    /// <value>Default: 20 ms.</value>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a write or a look may take.</summary>
    /// <value>Default: 5 s.</value>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The traffic, for an experiment. What it wrote is not read back: it is no data of the system.</summary>
    public Workload Workload
    {
        get
        {
            // What an earlier run left there is none of the next one's.
            Volatile.Write(ref _run, 0);
            return new Workload(Canaries, PerSecond, SendAsync) { Timeout = Timeout };
        }
    }

    /// <summary>The looks, for the same experiment.</summary>
    public Probe Probe => new DelegateProbe(Name, async token =>
        ProbeSample.Read(Volatile.Read(ref _run) is not 0 and var run ? await _read(run, token).ConfigureAwait(false) ?? -1 : -1))
    {
        Interval = LookEvery,
        Timeout = Timeout,
    };

    /// <summary>What is expected of it: <c>canary.Is.Within("500ms")</c>, <c>canary.Is.LackingAtMost("1s")</c>.</summary>
    public Replicated Is => new(Canaries, Name);

    private string Canaries => $"canaries for {Name}";

    private async ValueTask<WriteOutcome> SendAsync(WriteAttempt attempt, CancellationToken cancellationToken)
    {
        // The upper part of an id is the run's own, so that runs on one system never meet.
        var run = attempt.Id - attempt.Number;
        Volatile.Write(ref _run, run);
        await _write(new CanaryMark(run, attempt.Number), cancellationToken).ConfigureAwait(false);
        return WriteOutcome.Ack();
    }
}
