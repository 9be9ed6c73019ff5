using ChaosHarness.Checkers;
using ChaosHarness.Ledger.Statistics;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Statistics;

public sealed class MetricsTests
{
    [Test]
    public void A_recovery_that_nobody_knows_is_not_compared()
    {
        var (seen, never, unknown) = (Make.Run(rta: 0.5), Make.Run(rta: double.PositiveInfinity), Make.Run().RecoveryUnknown());
        var recovery = Metrics.Of([seen, never, unknown]).Single(metric => metric.Figure == FigureNames.RecoveryTime);

        Assert.That((recovery.Read(seen), recovery.Read(never), recovery.Read(unknown)), Is.EqualTo((0.5, double.PositiveInfinity, (double?)null)));
    }
}
