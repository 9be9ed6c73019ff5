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

    /// <summary>What this process knows of where its runs come from: the pipeline that started it, else the checkout and the user.</summary>
    /// <param name="folder">A folder of the checkout.</param>
    /// <returns>The origin, without profile and seed.</returns>
    public static RunOrigin Here(string folder)
    {
        var pipeline = Pipeline.Find(Environment.GetEnvironmentVariable);
        var checkout = GitCheckout.Find(folder);
        return new RunOrigin
        {
            Branch = pipeline?.Branch ?? checkout?.Branch,
            Commit = pipeline?.Commit ?? checkout?.Commit,
            Build = pipeline?.Build,
            BuildUrl = pipeline?.BuildUrl,
            Host = Environment.MachineName,
            StartedBy = pipeline is null ? Environment.UserName : pipeline.StartedBy,
        };
    }
}
