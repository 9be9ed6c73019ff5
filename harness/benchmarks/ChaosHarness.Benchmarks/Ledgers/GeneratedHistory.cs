using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger;
using ChaosHarness.Origins;

namespace ChaosHarness.Benchmarks.Ledgers;

/// <summary>A history as large as a large company would have after years.</summary>
internal static class GeneratedHistory
{
    private const int RunsAtOnce = 5_000;
    private static readonly string[] Evidence = ["detected effect-seen healed-itself injected interrupted reconciled service-hit", "database-hit detected effect-seen failed-over healed-itself injected interrupted reconciled", "detected effect-seen healed-itself injected interrupted link-hit", "detected effect-seen healed-itself injected interrupted several-faults zone-lost"];

    public static async Task FillAsync(RunLedger ledger, int runs, int experiments, DateTimeOffset now)
    {
        var random = new Random(1);
        foreach (var batch in Enumerable.Range(0, runs).Chunk(RunsAtOnce))
        {
            await ledger.AppendAsync([.. batch.Select(number => Entry(number, runs, experiments, now, random))]);
        }
    }

    public static LedgerEntry Entry(int number, int runs, int experiments, DateTimeOffset now, Random random)
    {
        var experiment = number % experiments;
        var failed = random.NextDouble() < 0.03;
        var rta = (0.3 + (experiment * 0.01)) * Math.Exp(0.15 * (random.NextDouble() + random.NextDouble() + random.NextDouble() - 1.5));
        var name = $"Standby number {experiment} takes over and keeps every acknowledged order";
        return new LedgerEntry(
            new LedgerRun
            {
                RunId = $"{now.AddSeconds(number):yyyyMMdd-HHmmss}-{number:x8}",
                ExperimentId = $"Experiments.Databases.LosingThePrimaryDatabase{experiment}.Standby_takes_over",
                Name = name,
                System = "order system",
                Environment = "local",
                Topology = "processes",
                Origin = new RunOrigin { Profile = "nightly", Branch = "main", Commit = "0123456789abcdef0123456789abcdef01234567", Build = $"{number / experiments}", Host = "runner-7", Seed = number },
                StartedAt = now.AddDays(-364.0 * (runs - number) / runs),
                Duration = TimeSpan.FromSeconds(8),
                Outcome = failed ? Outcome.Failed : Outcome.Passed,
                Reason = failed ? "RTO 2s missed: 2.4s..2.5s" : null,
                Figures =
                [
                    new RecordedFigure(new Figure(FigureNames.RecoveryTime, "orders", Unit.Seconds, rta * 0.98, rta), 4, rta <= 4),
                    new RecordedFigure(new Figure(FigureNames.RecoveryTimeEstimate, "orders", Unit.Seconds, rta * 0.98, rta * 0.99)),
                    new RecordedFigure(Figure.Exact(FigureNames.HealedByItself, "orders", Unit.Count, 1, Better.Higher)),
                    new RecordedFigure(Figure.Exact(FigureNames.Availability, "orders", Unit.Ratio, 1 - (Math.Floor(rta * 200) / 1600), Better.Higher), 0.95, true),
                    new RecordedFigure(Figure.Exact(FigureNames.DueRequests, "orders", Unit.Count, 1600, Better.Neither)),
                    new RecordedFigure(Figure.Exact(FigureNames.AcknowledgedWrites, "orders", Unit.Count, 1600, Better.Neither)),
                    new RecordedFigure(Figure.Exact(FigureNames.LostWrites, "orders", Unit.Count, 0), 0, true),
                    new RecordedFigure(Figure.Exact(FigureNames.RecoveryPoint, "orders", Unit.Seconds, 0)),
                    new RecordedFigure(new Figure(FigureNames.TimeToDetect, "", Unit.Seconds, rta / 3, rta / 2.9)),
                    new RecordedFigure(new Figure(FigureNames.TimeToDetect, "failover", Unit.Seconds, rta / 3, rta / 2.9)),
                    new RecordedFigure(Figure.Exact(FigureNames.Latency(99), "orders", Unit.Seconds, rta)),
                    new RecordedFigure(Figure.Exact(FigureNames.CapacityLost, "", Unit.Ratio, 1 / 3.0, Better.Neither)),
                ],
                Evidence = Evidence[experiment % Evidence.Length].Split(' '),
                Labels = ["failover", "nightly"],
            },
            new RunDetails("orders are accepted again soon after the primary database dies", "[]", "[]", "[]", null, "[]", "x.journal.json"));
    }
}
