using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.MariaDb;
using ChaosHarness.Fixtures.Nginx;
using ChaosHarness.Fixtures.Patroni;
using ChaosHarness.Fixtures.RabbitMq;
using ChaosHarness.Fixtures.Redis;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>How long clusters take from nothing until the loss of a leader could be stood.</summary>
internal static class ClusterStarts
{
    public const string Argument = "starts";
    private const int UsualRuns = 5;

    private static readonly (string System, string Settings, Func<Task<Cluster>> Start)[] All =
    [
        ("patroni", "ttl 5, loop_wait 1", async () => await PatroniCluster.StartAsync(new PatroniOptions { Ttl = 5, LoopWait = 1, RetryTimeout = 3 })),
        ("patroni", "ttl 30, loop_wait 10", async () => await PatroniCluster.StartAsync()),
        ("redis", "", async () => await RedisCluster.StartAsync()),
        ("mariadb", "", async () => await MariaDbCluster.StartAsync()),
        ("rabbitmq", "", async () => await RabbitMqCluster.StartAsync()),
        ("nginx", "", async () => await BalancedService.StartAsync()),
    ];

    /// <summary>Starts them, one after the other, and prints a line each.</summary>
    /// <param name="names">The systems, or none for all; a number among them is how often.</param>
    public static async Task RunAsync(IReadOnlyList<string> names)
    {
        var runs = names.Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty().Max();
        var wanted = All.Where(one => names.Contains(one.System)).ToList();
        foreach (var (system, settings, start) in wanted.Count > 0 ? wanted : [.. All])
        {
            var times = new List<double>();
            while (times.Count < (runs > 0 ? runs : UsualRuns))
            {
                var since = Stopwatch.GetTimestamp();
                await using var cluster = await start();
                times.Add(Stopwatch.GetElapsedTime(since).TotalSeconds);
            }

            times.Sort();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{system} {settings}: n {times.Count}, {times[0]:0.0} to {times[^1]:0.0} s, median {times[times.Count / 2]:0.0} s: {string.Join(", ", times.Select(time => time.ToString("0.0", CultureInfo.InvariantCulture)))}"));
        }
    }
}
