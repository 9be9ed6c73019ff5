namespace ChaosHarness.Safety;

/// <summary>What may be broken. Checked before anything is started; a refusal names the rule.</summary>
public sealed record SafetyPolicy
{
    /// <summary>What <see cref="ProductionPermission"/> has to say, to the letter.</summary>
    public const string ProductionPermissionText = "I accept that this breaks production";

    /// <summary>The environments that may be broken.</summary>
    /// <value>Default: <c>local</c> alone.</value>
    public IReadOnlyList<string> AllowedEnvironments { get; init; } = ["local"];

    /// <summary>The sentence that permits to break an environment called production, on top of its being allowed.</summary>
    /// <value>Default: null, production is not permitted.</value>
    public string? ProductionPermission { get; init; }

    /// <summary>The blast radius: the most components that the faults of one experiment may hit directly.</summary>
    /// <value>Default: 5.</value>
    public int MaximumTargets { get; init; } = 5;

    /// <summary>The blast radius as a share of the system's components, 0 to 1; not applied to a system that lists none.</summary>
    /// <value>Default: 0.5.</value>
    public double MaximumTargetShare { get; init; } = 0.5;

    /// <summary>A file that stops everything while it exists: no run begins, and running ones are halted. Any content will do.</summary>
    /// <value>Default: null, no such file.</value>
    public string? HaltFile { get; init; }
}
