namespace ChaosHarness.Experiments;

/// <summary>
/// What a run was going to do, as it stood before anybody was asked for the go. What looks like a secret is masked in it before its hash is made,
/// so that the hash can be made again of what is kept.
/// </summary>
public sealed record PlanRecord
{
    private const int Shown = 12;

    /// <summary>The SHA-256 of <see cref="Text"/> in UTF-8, as 64 hexadecimal digits.</summary>
    public required string Hash { get; init; }

    /// <summary>When it was made, since the start of the run.</summary>
    public TimeSpan MadeAt { get; init; }

    /// <summary>Which experiment it is of; null in plans of earlier versions.</summary>
    public string? ExperimentId { get; init; }

    /// <summary>What is expected of the system.</summary>
    public required string Hypothesis { get; init; }

    /// <summary>What is to be broken, and where it runs.</summary>
    public required string System { get; init; }

    /// <summary>The version of the system, as it says itself; null when it does not.</summary>
    public string? SystemVersion { get; init; }

    /// <summary>What the test runs with, by the names of its parameters.</summary>
    public IReadOnlyDictionary<string, string> Parameters { get => field ?? new Dictionary<string, string>(); init; }

    /// <summary>What strikes when, in words.</summary>
    public required string Schedule { get; init; }

    /// <summary>Every fault that may strike.</summary>
    public IReadOnlyList<PlannedFault> Faults { get => field ?? []; init; }

    /// <summary>The conditions of the steady state.</summary>
    public IReadOnlyList<string> SteadyState { get => field ?? []; init; }

    /// <summary>For how long they have to hold.</summary>
    public TimeSpan SteadyFor { get; init; }

    /// <summary>The probes and workloads.</summary>
    public IReadOnlyList<string> Observed { get => field ?? []; init; }

    /// <summary>Objectives and expectations.</summary>
    public IReadOnlyList<string> Expected { get => field ?? []; init; }

    /// <summary>What halts the run.</summary>
    public IReadOnlyList<string> StopConditions { get => field ?? []; init; }

    /// <summary>The environments that may be broken.</summary>
    public IReadOnlyList<string> AllowedEnvironments { get => field ?? []; init; }

    /// <summary>The most components that may be hit.</summary>
    public int MaximumTargets { get; init; }

    /// <summary>The largest share of the system's components that may be hit, 0 to 1.</summary>
    public double MaximumTargetShare { get; init; }

    /// <summary>How long weaknesses are left to work before the disaster strikes.</summary>
    public TimeSpan Settle { get; init; }

    /// <summary>How long recovery is waited for, from the last strike.</summary>
    public TimeSpan Deadline { get; init; }

    /// <summary>How long is observed at least.</summary>
    public TimeSpan ObserveAtLeast { get; init; }

    /// <summary>How long the steady state may take to come back.</summary>
    public TimeSpan VerifyWithin { get; init; }

    /// <summary>What the people who take part know; null when nobody wrote it down.</summary>
    public DrillScript? Script { get; init; }

    /// <summary>The beginning of a hash, for people.</summary>
    /// <param name="hash">A hash.</param>
    /// <returns>Its first 12 digits.</returns>
    public static string Abbreviated(string hash)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return hash.Length <= Shown ? hash : hash[..Shown];
    }

    /// <summary>The plan as a text that is the same whenever the plan is: a line each, ended by a line feed.</summary>
    /// <returns>The text that the <see cref="Hash"/> is of.</returns>
    public string Text() => PlanText.Of(this);

    /// <summary>Whether it is what its hash was made of.</summary>
    /// <returns>False when something of it was changed since.</returns>
    public bool IsAsHashed() => Hash == PlanText.HashOf(this);
}
