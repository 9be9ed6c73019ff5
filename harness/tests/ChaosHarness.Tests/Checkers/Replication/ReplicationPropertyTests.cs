using ChaosHarness.Checkers.Replication;
using CsCheck;

namespace ChaosHarness.Tests.Checkers.Replication;

/// <summary>Replicas whose every moment is known: what is told of them holds it.</summary>
public sealed class ReplicationPropertyTests
{
    private static readonly Gen<double> Short = Gen.Double[0.001, 0.3];

    // When a canary was sent, how long until the primary had it, until that was acknowledged, and from the primary to the replica.
    private static readonly Gen<(double Had, double Acknowledged, double Lag)> Canary = Gen.Select(Short, Short, Gen.Double[0, 3]);

    // How long a look took to get there, and back.
    private static readonly Gen<(double There, double Back)> Look = Gen.Select(Short, Short);

    [Test]
    public void Lag_and_what_would_be_lost_are_inside_their_bounds() =>
        Gen.Select(Canary.Array[1, 40], Look.Array[1, 80], Gen.Double[0.02, 0.4]).Sample((canaries, looks, interval) =>
        {
            var run = new RecordedRun().Source("canaries", isWorkload: true).Source("standby");
            var had = new double[canaries.Length];
            var there = new double[canaries.Length];
            var acknowledged = new double[canaries.Length];
            for (var k = 0; k < canaries.Length; k++)
            {
                // In the order of the primary, as replication is.
                had[k] = Math.Max((k * 0.1) + canaries[k].Had, k == 0 ? 0 : had[k - 1]);
                there[k] = Math.Max(had[k] + canaries[k].Lag, k == 0 ? 0 : there[k - 1]);
                acknowledged[k] = had[k] + canaries[k].Acknowledged;
                run.Send("canaries", k * 0.1, acknowledged[k] - (k * 0.1));
            }

            for (var j = 0; j < looks.Length; j++)
            {
                var at = (j * interval) + looks[j].There;
                run.Send("standby", j * interval, looks[j].There + looks[j].Back, value: there.Count(time => time <= at) - 1);
            }

            var finding = new ReplicationChecker("canaries", "standby").Check(run.Until(60));

            var lags = there.Zip(had, (to, from) => to - from).ToList();
            var last = acknowledged.Max();
            // It is worst just before the replica has more.
            var worst = there.Append(last).Where(at => at <= last)
                .Max(at => acknowledged.Where((time, k) => time <= at && there[k] >= at).Select(time => at - time).DefaultIfEmpty(0).Max());
            return Contains(finding.Lag, lags) && finding.RecoveryPoint.Lower.TotalSeconds <= worst + 1e-6
                && (finding.RecoveryPoint.Upper is not { } upper || upper.TotalSeconds >= worst - 1e-6);
        }, iter: 2000);

    // Those that were looked for are all or the first ones: where all are, their percentiles are held.
    private static bool Contains(LagDistribution lag, List<double> truth)
    {
        if (lag.Count != truth.Count)
        {
            return lag.Count < truth.Count;
        }

        return ((double[])[1, 50, 99, 100]).All(percentile =>
        {
            var bounds = lag.Percentile(percentile)!.Value;
            var value = truth.Order().ElementAt((int)Math.Ceiling(percentile * truth.Count / 100) - 1);
            return bounds.Lower.TotalSeconds <= value + 1e-6 && (bounds.Upper is not { } upper || upper.TotalSeconds >= value - 1e-6);
        });
    }
}
