using ChaosHarness.Checkers;

namespace ChaosHarness.Ledger.Gates;

/// <summary>What the gate compares, and how much it lets pass.</summary>
public sealed record GateOptions
{
    /// <summary>The branch, or the beginning of a commit, whose runs are the baseline.</summary>
    /// <value>Default: <c>main</c>.</value>
    public string Baseline { get; init; } = "main";

    /// <summary>By what share a figure may get worse, 0 or more.</summary>
    /// <value>Default: 0.2, 20 percent.</value>
    public double MaximumRegression { get; init; } = 0.2;

    /// <summary>The branch whose latest runs are judged.</summary>
    /// <value>Default: null, that of the newest run.</value>
    public string? Candidate { get; init; }

    /// <summary>Only series under this profile are judged.</summary>
    /// <value>Default: null, all of them, each by itself.</value>
    public string? Profile { get; init; }

    /// <summary>The figure that most of the false alarms are allowed to, so that decay is seen in it first.</summary>
    /// <value>Default: <c>recovery time</c>.</value>
    public string Leading { get; init; } = FigureNames.RecoveryTime;
}
