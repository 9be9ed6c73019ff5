namespace ChaosHarness.Ledger.Scorecards;

/// <summary>What one kind of failure costs.</summary>
/// <param name="ExperimentId">The experiment that tests it.</param>
/// <param name="Name">What that is called.</param>
/// <param name="OutageSeconds">The median recovery time; infinite when it mostly does not recover.</param>
/// <param name="FailuresPerYear">How often it is expected.</param>
/// <param name="Each">What one costs; null when it never ends.</param>
/// <param name="Allowed">What one may cost at most within the RTO; null without an objective.</param>
public sealed record CostOfFailure(string ExperimentId, string Name, double OutageSeconds, double FailuresPerYear, decimal? Each, decimal? Allowed)
{
    /// <summary>What a year of them costs; null when one never ends.</summary>
    public decimal? PerYear => Each is { } each ? each * (decimal)FailuresPerYear : null;

    internal static CostOfFailure Of(ExperimentCard card, decimal costPerMinute, double failuresPerYear)
    {
        var outage = card.MedianRecovery!.Value;
        return new CostOfFailure(
            card.Id,
            card.Name,
            outage,
            failuresPerYear,
            double.IsInfinity(outage) ? null : (decimal)outage * costPerMinute / 60,
            card.Objectives.Rto is { } rto ? (decimal)rto.TotalSeconds * costPerMinute / 60 : null);
    }
}
