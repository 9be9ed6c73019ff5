namespace ChaosHarness.Ledger.FollowUps;

/// <summary>What the latest run says of a finding.</summary>
internal sealed class LatestWord
{
    public string RunId { get; set; } = "";

    public long StartedAt { get; set; }

    public string Outcome { get; set; } = "";

    public bool HasPassed => Outcome == nameof(Experiments.Outcome.Passed);
}
