using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Tests.Runs;

namespace ChaosHarness.Ledger.Tests.Gates;

/// <summary>Histories of an experiment as noisy as they come, with a known truth.</summary>
internal static class SimulatedHistories
{
    /// <summary>How recovery times of one experiment are spread around the true one.</summary>
    public static IReadOnlyDictionary<string, Func<Random, double>> Noises { get; } = new Dictionary<string, Func<Random, double>>
    {
        ["narrow"] = random => Math.Exp(0.05 * Normal(random)),
        ["log-normal, 10%"] = random => Math.Exp(0.10 * Normal(random)),
        ["log-normal, 20%"] = random => Math.Exp(0.20 * Normal(random)),
        ["uniform, a health check away"] = random => 0.7 + (0.6 * random.NextDouble()),
        ["steps of a poll"] = random => 0.9 + (0.1 * random.Next(3)),
        ["a slow run in twenty"] = random => (random.NextDouble() < 0.05 ? 3 : 1) * Math.Exp(0.08 * Normal(random)),
    };

    /// <summary>Runs with all figures varying, the newest last.</summary>
    public static IEnumerable<LedgerRun> Runs(Random random, Func<Random, double> noise, double rta)
    {
        while (true)
        {
            var bad = Math.Clamp((int)(10 * noise(random)), 0, 1000);
            var recovery = rta * noise(random);
            // Their own source of chance: however many figures there are, the others of a history are the same.
            var more = new Random(recovery.GetHashCode());
            yield return Make.Run(rta: recovery)
                .Measuring(FigureNames.TimeToDetect, 0.3, 0.4 * noise(random))
                .Measuring(FigureNames.Availability, 1 - (bad / 1000.0))
                .Measuring(FigureNames.Latency(50), 0.2 * noise(more))
                .Measuring(FigureNames.Latency(99), 0.4 * noise(more))
                .Measuring(FigureNames.Latency(100), 0.6 * noise(more)) with
            {
                // One run in fifty fails for no reason of the system's.
                Outcome = random.NextDouble() < 0.02 ? Outcome.Failed : Outcome.Passed,
            };
        }
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
