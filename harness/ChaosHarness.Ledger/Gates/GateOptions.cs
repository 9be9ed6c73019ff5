namespace ChaosHarness.Ledger.Gates;

/// <summary>What the gate compares, and how much it lets pass.</summary>
public sealed record GateOptions
{
    /// <summary>The branch, or the beginning of a commit, whose runs are the baseline.</summary>
    /// <value>Default: <c>main</c>.</value>
    public string Baseline { get; init; } = "main";

    /// <summary>By what share a metric may get worse, 0 or more.</summary>
    /// <value>Default: 0.2, 20 percent.</value>
    public double MaximumRegression { get; init; } = 0.2;

    /// <summary>The branch whose latest runs are judged.</summary>
    /// <value>Default: null, that of the newest run.</value>
    public string? Candidate { get; init; }

    /// <summary>Only runs under this profile count; different profiles may be different systems.</summary>
    /// <value>Default: null, the profile of the newest run of an experiment.</value>
    public string? Profile { get; init; }
}
