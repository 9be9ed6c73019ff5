using System.Globalization;
using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>Toxics come, change and go at random under many connections: every byte has to arrive, in order, and nothing may be slow or stay.</summary>
internal static class Churn
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(12);
    private static readonly string[] Types = ["latency", "bandwidth", "slicer", "packet_loss", "slow_close", "noop"];

    public static async Task RunAsync()
    {
        using var echo = new EchoProcess();
        await using var server = await ToxiproxyProcess.StartAsync();
        using var api = new ProxyApi(server.Url);
        var port = api.Proxy("p", echo.Port);
        var sockets = await ManyConnections.OpenAsync(port, ManyConnections.Count);
        var talk = new Talk();

        // Memory is compared after the same traffic, and everything has been compiled by then.
        await ChangeWhileTalkingAsync(talk, sockets, api, server.ProcessId, WarmUp);
        await talk.RunAsync(sockets, Quiet);
        var before = ProcessCost.ResidentKilobytes(server.ProcessId);
        api.Forget();
        var peak = await ChangeWhileTalkingAsync(talk, sockets, api, server.ProcessId, Length);
        await talk.RunAsync(sockets, Quiet);
        var after = ProcessCost.ResidentKilobytes(server.ProcessId);
        sockets.ForEach(socket => socket.Dispose());

        Figures.Print($"bytes through {sockets.Count} connections under changing toxics", $"{talk.Bytes} whole, {talk.Broken} connections broken", "0 broken");
        Figures.Print("slowest of the API's answers", string.Create(CultureInfo.InvariantCulture, $"{api.Slowest.TotalMilliseconds:0.0} ms of {api.Calls} calls: {api.SlowestCalls}"), "100 ms");
        Figures.Print("memory before, at most, after", string.Create(CultureInfo.InvariantCulture, $"{before / 1024:0} MB, {peak / 1024:0} MB, {after / 1024:0} MB ({((after / before) - 1) * 100:+0;-0} %)"), "within 10 %");
    }

    private static async Task<double> ChangeWhileTalkingAsync(Talk talk, List<Socket> sockets, ProxyApi api, int process, TimeSpan length)
    {
        var talking = talk.RunAsync(sockets, length);
        var peak = await Task.Factory.StartNew(() => Change(api, process, length), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        await talking;
        return peak;
    }

    private static double Change(ProxyApi api, int process, TimeSpan length)
    {
        var random = new Random(1);
        var (present, made, peak) = (new List<string>(), 0, 0.0);
        var end = DateTime.UtcNow + length;
        while (DateTime.UtcNow < end)
        {
            switch (random.Next(3))
            {
                case 0 when present.Count < 6:
                    var name = string.Create(CultureInfo.InvariantCulture, $"t{made++}");
                    var type = Types[random.Next(Types.Length)];
                    var stream = random.Next(2) == 0 ? "upstream" : "downstream";
                    api.Send(HttpMethod.Post, "/proxies/p/toxics", new { name, type, stream, toxicity = random.NextDouble(), attributes = Attributes(random) });
                    present.Add(name);
                    break;
                case 1 when present.Count > 0:
                    api.Send(HttpMethod.Patch, $"/proxies/p/toxics/{present[random.Next(present.Count)]}", new { toxicity = random.NextDouble(), attributes = Attributes(random) });
                    break;
                case 2 when present.Count > 0:
                    var gone = present[random.Next(present.Count)];
                    present.Remove(gone);
                    api.Send(HttpMethod.Delete, $"/proxies/p/toxics/{gone}");
                    break;
            }

            peak = Math.Max(peak, ProcessCost.ResidentKilobytes(process));
            Thread.Sleep(random.Next(100));
        }

        foreach (var name in present)
        {
            api.Send(HttpMethod.Delete, $"/proxies/p/toxics/{name}");
        }

        return peak;
    }

    private static object Attributes(Random random) => new
    {
        latency = random.Next(200),
        jitter = random.Next(50),
        rate = random.Next(20, 1000),
        average_size = random.Next(100, 2000),
        size_variation = random.Next(100),
        delay = random.Next(1000),
        loss_rate = random.NextDouble() / 10,
        rto = random.Next(100),
    };

    /// <summary>Sends blocks that no other connection and no other time has, and compares what comes back byte by byte.</summary>
    private sealed class Talk
    {
        private long _bytes;
        private int _broken;

        public long Bytes => Volatile.Read(ref _bytes);

        public int Broken => Volatile.Read(ref _broken);

        public Task RunAsync(List<Socket> sockets, TimeSpan length) => Task.WhenAll(sockets.Select((socket, index) => TalkAsync(socket, index, DateTime.UtcNow + length)));

        private async Task TalkAsync(Socket socket, int seed, DateTime end)
        {
            var random = new Random(seed);
            try
            {
                while (DateTime.UtcNow < end)
                {
                    await Task.Delay(random.Next(8000));
                    await ExchangeAsync(socket, random);
                }
            }
            catch (Exception exception) when (exception is SocketException or InvalidDataException)
            {
                Interlocked.Increment(ref _broken);
            }
        }

        private async Task ExchangeAsync(Socket socket, Random random)
        {
            var sent = new byte[random.Next(1, 6000)];
            random.NextBytes(sent);
            var back = new byte[sent.Length];
            await socket.SendAsync(sent);
            for (var count = 0; count < back.Length;)
            {
                var more = await socket.ReceiveAsync(back.AsMemory(count));
                count += more > 0 ? more : throw new InvalidDataException("cut");
            }

            if (!back.AsSpan().SequenceEqual(sent))
            {
                throw new InvalidDataException("other bytes");
            }

            Interlocked.Add(ref _bytes, sent.Length);
        }
    }
}
