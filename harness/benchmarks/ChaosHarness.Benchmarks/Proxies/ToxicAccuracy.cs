using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>How exactly latency and bandwidth come out as asked for.</summary>
internal static class ToxicAccuracy
{
    private const int LatencyMilliseconds = 100;
    private const double MessagesPerSecond = 500;
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);
    private static readonly int[] Rates = [10, 100, 1_000, 10_000, 100_000];

    public static async Task RunAsync()
    {
        await LatencyAsync();
        await BandwidthAsync();
    }

    private static async Task LatencyAsync()
    {
        using var echo = new EchoProcess();
        await using var server = await ToxiproxyProcess.StartAsync();
        using var api = new ProxyApi(server.Url);
        var port = api.Proxy("p", echo.Port);
        var sockets = await ManyConnections.OpenAsync(port, ManyConnections.Count);
        api.Send(HttpMethod.Post, "/proxies/p/toxics", new { type = "latency", name = "half", toxicity = 0.5, attributes = new { latency = LatencyMilliseconds } });
        await RoundTripsAsync(sockets, Length / 2);

        // Half of the connections meet the toxic: what this machine adds to every message shows in the others, at the same time.
        var sleeping = Task.Factory.StartNew(() => SleepLateness(Length), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var all = await RoundTripsAsync(sockets, Length);
        var sleep = await sleeping;
        var (plain, delayed) = (all.Where(time => time < LatencyMilliseconds).ToArray(), all.Where(time => time >= LatencyMilliseconds).ToArray());
        sockets.ForEach(socket => socket.Dispose());

        var errors = delayed.Select(time => time - LatencyMilliseconds).ToArray();
        Figures.Print($"latency {LatencyMilliseconds} ms, {sockets.Count} connections, {MessagesPerSecond:0}/s", Range(errors), "p99 at most 3 ms late");
        Figures.Print("the same time, connections without the toxic", Range(plain), "-");
        Figures.Print("the same time, how late a thread wakes from sleep", Range(sleep), "-");
    }

    // What no timer on this machine can be better than.
    private static double[] SleepLateness(TimeSpan length)
    {
        var (times, nap, start) = (new List<double>(), TimeSpan.FromMilliseconds(10), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(start) < length)
        {
            var began = Stopwatch.GetTimestamp();
            Thread.Sleep(nap);
            times.Add((Stopwatch.GetElapsedTime(began) - nap).TotalMilliseconds);
        }

        return [.. times.Order()];
    }

    // Open loop: each message is due on a schedule over all connections in turn.
    private static async Task<double[]> RoundTripsAsync(List<Socket> sockets, TimeSpan length)
    {
        var times = new List<double>();
        var count = (int)(length.TotalSeconds * MessagesPerSecond);
        var trips = new List<Task>(count);
        var start = Stopwatch.GetTimestamp();
        var sending = new Thread(() =>
        {
            for (var message = 0; message < count; message++)
            {
                var wait = (message / MessagesPerSecond) - Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (wait > 0)
                {
                    Thread.Sleep(TimeSpan.FromSeconds(wait));
                }

                trips.Add(TripAsync(sockets[message % sockets.Count], times));
            }
        });
        sending.Start();
        await Task.Run(sending.Join);
        await Task.WhenAll(trips);
        return [.. times.Order()];
    }

    private static async Task TripAsync(Socket socket, List<double> times)
    {
        var buffer = new byte[64];
        var sent = Stopwatch.GetTimestamp();
        await socket.SendAsync(buffer);
        for (var count = 0; count < buffer.Length;)
        {
            count += await socket.ReceiveAsync(buffer.AsMemory(count));
        }

        var took = Stopwatch.GetElapsedTime(sent).TotalMilliseconds;
        lock (times)
        {
            times.Add(took);
        }
    }

    private static async Task BandwidthAsync()
    {
        using var servers = new Servers();
        await using var server = await ToxiproxyProcess.StartAsync();
        using var api = new ProxyApi(server.Url);
        var port = api.Proxy("p", servers.SinkPort);
        foreach (var rate in Rates)
        {
            api.Send(HttpMethod.Post, "/proxies/p/toxics", new { type = "bandwidth", name = "thin", stream = "upstream", attributes = new { rate } });
            var measured = await RateAsync(port, servers);

            // What the line still holds of this connection must not count for the next.
            api.Send(HttpMethod.Delete, "/proxies/p/toxics/thin");
            await Task.Delay(500);
            Figures.Print(
                $"bandwidth {rate} KB/s",
                string.Create(CultureInfo.InvariantCulture, $"{measured / 1000:0.##} KB/s, {((measured / 1000 / rate) - 1) * 100:+0.00;-0.00} %"),
                "within 2 %");
        }
    }

    private static async Task<double> RateAsync(int port, Servers servers)
    {
        using var socket = Measures.Connect(port);
        using var stop = new CancellationTokenSource();
        var sending = Task.Run(() =>
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    socket.Send(buffer);
                }
            }
            catch (SocketException)
            {
                // Disposed.
            }
        });

        // A slow line moves in steps of 100 ms: measured from step to step.
        await Task.Delay(2000);
        var (bytes, start) = await NextStepAsync(servers);
        await Task.Delay(8000);
        var (later, end) = await NextStepAsync(servers);
        await stop.CancelAsync();
        socket.Dispose();
        await sending;
        return (later - bytes) / Stopwatch.GetElapsedTime(start, end).TotalSeconds;
    }

    private static async Task<(long Bytes, long At)> NextStepAsync(Servers servers)
    {
        var before = servers.BytesRead;
        while (servers.BytesRead == before)
        {
            await Task.Yield();
        }

        return (servers.BytesRead, Stopwatch.GetTimestamp());
    }

    private static string Range(double[] sorted) => string.Create(
        CultureInfo.InvariantCulture,
        $"p50 {sorted[sorted.Length / 2]:0.00} p99 {sorted[sorted.Length * 99 / 100]:0.00} max {sorted[^1]:0.00} ms");
}
