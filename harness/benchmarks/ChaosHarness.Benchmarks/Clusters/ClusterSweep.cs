using System.Diagnostics;
using System.Globalization;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Processes;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>Clusters that others wrote under faults and settings, each several times: what they do, as a table. Takes about an hour, and the machine for itself.</summary>
internal static class ClusterSweep
{
    public const string Argument = "clusters";

    private static readonly Dictionary<string, Func<IReadOnlyList<ClusterRow>>> Systems = new()
    {
        ["patroni"] = PatroniRows.All,
        ["redis"] = RedisRows.All,
        ["mariadb"] = MariaDbRows.All,
        ["nginx"] = BalancerRows.All,
        ["rabbitmq"] = RabbitMqRows.All,
    };

    /// <summary>Runs the rows of some systems, or of all.</summary>
    /// <param name="names">The systems; a number among them is how often each row is run.</param>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IReadOnlyList<string> names)
    {
        if (names is [ClusterStarts.Argument, ..])
        {
            await ClusterStarts.RunAsync([.. names.Skip(1)]);
            return 0;
        }

        var runs = names.Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var number) ? number : 0).DefaultIfEmpty().Max();
        var wanted = names.Where(name => !int.TryParse(name, CultureInfo.InvariantCulture, out _)).ToList();
        if (wanted.Find(name => !Systems.ContainsKey(name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no cluster {unknown}. There are: {string.Join(", ", Systems.Keys)}; and {ClusterStarts.Argument}, how long each takes to come up");
            return 2;
        }

        var lines = new List<string>();
        foreach (var row in (wanted.Count > 0 ? wanted : [.. Systems.Keys]).SelectMany(name => Systems[name]()))
        {
            lines.Add(await RunAsync(runs > 0 ? row with { Runs = runs } : row));
        }

        Console.WriteLine(ClusterTable.Head);
        lines.ForEach(Console.WriteLine);
        return 0;
    }

    private static async Task<string> RunAsync(ClusterRow row)
    {
        Console.WriteLine($"{row.System}, {row.Settings}: {row.Fault.Name}");
        IReadOnlyList<ClusterTrial> trials;
        try
        {
            trials = await ClusterTrials.RunAsync(StartAsync, row.Fault, row.Runs, CancellationToken.None);
        }
        catch (TopologyFailedException exception)
        {
            // The other rows are worth their hour all the same.
            Console.WriteLine(exception.Message);
            return $"| {row.System} | {row.Fault.Name} | {row.Settings} | 0, it did not come up | | | | | |";
        }

        foreach (var trial in trials)
        {
            Console.WriteLine(ClusterTable.Told(trial));
        }

        var line = ClusterTable.Line(row, trials);
        Console.WriteLine(line);
        return line;

        async Task<Cluster> StartAsync(CancellationToken cancellationToken)
        {
            var since = Stopwatch.GetTimestamp();
            var cluster = await row.Start(cancellationToken);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  up in {Stopwatch.GetElapsedTime(since).TotalSeconds:0.0} s"));
            return cluster;
        }
    }
}
