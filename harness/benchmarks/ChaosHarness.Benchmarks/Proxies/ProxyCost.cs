using System.Globalization;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>What a proxy without toxics costs, beside a direct connection and two proxies made for production, all in one run.</summary>
internal static class ProxyCost
{
    private const int Rounds = 7;
    private const int Connections = 1000;
    private const int ConnectionsInMemory = 2000;

    public static async Task RunAsync()
    {
        await using var contenders = await Contenders.StartAsync();
        var results = contenders.All.ToDictionary(way => way, _ => new Dictionary<string, List<double>>());

        // First, because memory once taken is used again.
        foreach (var way in contenders.All.Where(way => way.ProcessId is not null))
        {
            Measures.Opening(way, ConnectionsInMemory / 10);
            results[way]["KB a connection"] = [Measures.KilobytesPerConnection(way, ConnectionsInMemory)];
        }

        for (var round = 0; round <= Rounds; round++)
        {
            foreach (var way in contenders.All)
            {
                var measured = Measure(way, contenders.Servers);

                // The first round warms everything up.
                foreach (var (name, value) in round > 0 ? measured : [])
                {
                    (results[way].TryGetValue(name, out var list) ? list : results[way][name] = []).Add(value);
                }
            }
        }

        Print(contenders.All, results);
    }

    private static Dictionary<string, double> Measure(Contender way, Servers servers)
    {
        var (bytes, cpu) = Measures.Bulk(way, servers);
        var trips = Measures.RoundTrips(way);
        return new Dictionary<string, double>
        {
            ["bulk MB/s"] = bytes / 1e6,
            ["CPU s per GB"] = cpu,
            ["round trip p50 us"] = trips[trips.Length / 2],
            ["round trip p99 us"] = trips[trips.Length * 99 / 100],
            ["HTTP req/s"] = Measures.Requests(way),
            ["1000 connections ms"] = Measures.Opening(way, Connections),
        };
    }

    private static void Print(List<Contender> ways, Dictionary<Contender, Dictionary<string, List<double>>> results)
    {
        Console.WriteLine($"{$"median of {Rounds}",-22}{string.Concat(ways.Select(way => $"{way.Name,24}"))}");
        foreach (var name in results[ways[1]].Keys)
        {
            var direct = results[ways[0]].TryGetValue(name, out var values) ? Median(values) : 0;
            var haproxy = Median(results[ways[1]][name]);
            var cells = ways.Select(way => results[way].TryGetValue(name, out var list) && Median(list) > 0 ? Cell(Median(list), direct, haproxy) : "");
            Console.WriteLine($"{name,-22}{string.Concat(cells.Select(cell => $"{cell,24}"))}");
        }

        Console.WriteLine("In brackets: times direct, times HAProxy.");
    }

    private static string Cell(double value, double direct, double haproxy) => string.Create(
        CultureInfo.InvariantCulture,
        $"{value:0.##} ({(direct > 0 ? (value / direct).ToString("0.00", CultureInfo.InvariantCulture) : "-")}, {value / haproxy:0.00})");

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
