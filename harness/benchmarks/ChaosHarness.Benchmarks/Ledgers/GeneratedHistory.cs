using ChaosHarness.Expectations;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger;
using ChaosHarness.Origins;
using ChaosHarness.Timing;

namespace ChaosHarness.Benchmarks.Ledgers;

/// <summary>A history as large as a large company would have after years.</summary>
internal static class GeneratedHistory
{
    private const int RunsAtOnce = 5_000;
    private static readonly string[] Evidence = ["detected healed-itself injected reconciled service-hit", "detected failed-over healed-itself injected reconciled database-hit", "detected healed-itself injected link-hit", "injected zone-lost healed-itself detected several-faults"];

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
                Objectives = Objectives.Parse("4s", "0 writes", "95%"),
                Recovery = new Bounds(TimeSpan.FromSeconds(rta * 0.98), TimeSpan.FromSeconds(rta)),
                Interrupted = true,
                WritesAcknowledged = 1600,
                WritesLost = 0,
                WritesDiverged = 0,
                LossAge = TimeSpan.Zero,
                TimeToDetect = new Bounds(TimeSpan.FromSeconds(rta / 3), TimeSpan.FromSeconds(rta / 2.9)),
                DetectedBy = "failover",
                Availability = new Availability(1600 - (long)(rta * 200), 1600),
                LatencyBeforeP99 = TimeSpan.FromMilliseconds(8),
                LatencyP50 = TimeSpan.FromMilliseconds(3),
                LatencyP99 = TimeSpan.FromSeconds(rta),
                LatencyMaximum = TimeSpan.FromSeconds(rta * 1.1),
                CapacityLost = experiment % 4 == 0 ? 1 / 3.0 : null,
                Evidence = Evidence[experiment % Evidence.Length].Split(' '),
                Labels = ["failover", "nightly"],
            },
            new RunDetails("orders are accepted again soon after the primary database dies", "[]", "[]", "[]", """[{"upper":0.001259,"count":12}]""", "[]", "x.journal.json"));
    }
}
