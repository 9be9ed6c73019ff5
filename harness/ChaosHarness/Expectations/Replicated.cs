using System.Globalization;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Replication;

namespace ChaosHarness.Expectations;

/// <summary>Expects something of how far a replica is behind, as canaries tell it.</summary>
/// <param name="Canaries">The workload that writes them to the primary.</param>
/// <param name="Replica">The probe that reads the newest that the replica has.</param>
public sealed record Replicated(string Canaries, string Replica)
{
    private ReplicationChecker Checker => new(Canaries, Replica);

    /// <summary>Writes are on the replica soon after they are on the primary.</summary>
    /// <param name="lag">Such as <c>500ms</c>.</param>
    /// <param name="percentile">How many percent of the canaries; more than 0, at most 100.</param>
    /// <returns>The expectation.</returns>
    public Expectation Within(string lag, double percentile = 99)
    {
        var limit = TimeLimit.Parse("Replicated.Within", lag);
        var isPercentile = percentile is > 0 and <= 100;
        return Expectation.Of(
            Checker,
            string.Create(CultureInfo.InvariantCulture, $"replicated to {Replica}, p{percentile} within {limit.Text}"),
            (finding, speed) => Held.Within(finding.Problem is null ? finding.Lag.Percentile(percentile) : null, finding.ToString(), limit, FigureOf(finding, FigureNames.ReplicationLag(percentile)), speed))
            .WithMistakes(limit.Mistake, isPercentile ? null : string.Create(CultureInfo.InvariantCulture, $"Replicated.Within: a percentile is more than 0 and at most 100, not {percentile}."));
    }

    /// <summary>Had the primary been lost at any moment of the run, and had the replica taken over, no more would have been lost than an objective allows (RPO).</summary>
    /// <param name="rpo">Such as <c>1s</c>: the age of the oldest acknowledged write that the replica had not.</param>
    /// <returns>The expectation.</returns>
    public Expectation LackingAtMost(string rpo)
    {
        var limit = TimeLimit.Parse("Replicated.LackingAtMost", rpo);
        return Expectation.Of(
            Checker,
            $"replicated to {Replica}, lacking at most {limit.Text} at any moment",
            (finding, speed) => Held.Within(finding.Problem is null ? finding.RecoveryPoint : null, finding.ToString(), limit, FigureOf(finding, FigureNames.ReplicaRecoveryPoint), speed))
            .WithMistakes(limit.Mistake);
    }

    private static Figure? FigureOf(Finding finding, string name) => Held.FigureOf(finding, name);
}
