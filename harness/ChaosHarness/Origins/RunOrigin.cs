namespace ChaosHarness.Origins;

/// <summary>Where a run comes from: what was tested, by whom, and what repeats it. What nobody said is null.</summary>
public sealed record RunOrigin
{
    /// <summary>The profile that it ran under, such as <c>nightly</c>.</summary>
    public string? Profile { get; init; }

    /// <summary>The branch that was checked out.</summary>
    public string? Branch { get; init; }

    /// <summary>The commit that was checked out, in full.</summary>
    public string? Commit { get; init; }

    /// <summary>The pipeline's number or name of the build.</summary>
    public string? Build { get; init; }

    /// <summary>Where the build is shown.</summary>
    public string? BuildUrl { get; init; }

    /// <summary>The machine that ran the experiment.</summary>
    public string? Host { get; init; }

    /// <summary>Who started it: the person that the pipeline names, else the user of the machine.</summary>
    public string? StartedBy { get; init; }

    /// <summary>What random choices began with; the same seed makes the same choices again.</summary>
    public long? Seed { get; init; }
}
