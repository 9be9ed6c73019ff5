using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ChaosHarness.Toxiproxy.Server.Tests.Api;

namespace ChaosHarness.Toxiproxy.Server.Tests.Connections;

/// <summary>Real sockets through a real server.</summary>
public sealed class DataPlaneTests
{
    private ApiServer _server = null!;
    private EchoServer _upstream = null!;

    [SetUp]
    public async Task StartAsync()
    {
        _server = await ApiServer.StartAsync();
        _upstream = new EchoServer();
    }

    [TearDown]
    public async Task StopAsync()
    {
        _upstream.Dispose();
        await _server.DisposeAsync();
    }

    [Test]
    public async Task Bytes_pass_both_ways_and_are_counted()
    {
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", _upstream.Port));
        await client.SayAsync("hello");

        Assert.That(await client.HearAsync(5), Is.EqualTo("hello"));
        var connection = (await _server.MustAsync("GET", "/proxies/p/connections")).EnumerateArray().Single();
        Assert.That(connection.GetProperty("number").GetInt64(), Is.EqualTo(1));
        Assert.That(connection.GetProperty("client").GetString(), Is.EqualTo(client.LocalEndPoint!.ToString()));
        Assert.That(connection.GetProperty("age").GetInt64(), Is.InRange(0, 20_000));
        Assert.That(connection.GetProperty("to_upstream").GetProperty("sent").GetInt64(), Is.EqualTo(5));
        Assert.That(connection.GetProperty("to_client").GetProperty("received").GetInt64(), Is.EqualTo(5));
    }

    [TestCase("", TestName = "A_large_stream_arrives_whole")]
    [TestCase("""{"type":"noop"},{"type":"noop","stream":"upstream"}""", TestName = "A_large_stream_arrives_whole_through_toxics")]
    [TestCase("""{"type":"latency","attributes":{"latency":5,"jitter":5}},{"type":"slicer","stream":"upstream","attributes":{"average_size":5000,"size_variation":3000}}""",
        TestName = "A_large_stream_arrives_whole_late_and_in_slices")]
    public async Task A_large_stream_arrives_whole(string toxics)
    {
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", _upstream.Port, $$""","toxics":[{{toxics}}]"""));
        var data = RandomNumberGenerator.GetBytes(8 * 1024 * 1024);
        var sending = Task.Run(async () =>
        {
            for (var sent = 0; sent < data.Length;)
            {
                sent += await client.SendAsync(data.AsMemory(sent));
            }
        });

        var (received, buffer) = (new MemoryStream(), new byte[256 * 1024]);
        while (received.Length < data.Length && await client.ReceiveAsync(buffer) is var count and > 0)
        {
            received.Write(buffer, 0, count);
        }

        await sending;
        Assert.That(received.ToArray().AsSpan().SequenceEqual(data));
    }

    [Test]
    public async Task A_stream_goes_on_while_toxics_come_and_go()
    {
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", _upstream.Port));
        var data = RandomNumberGenerator.GetBytes(32 * 1024 * 1024);
        var sending = Task.Run(async () =>
        {
            for (var sent = 0; sent < data.Length;)
            {
                sent += await client.SendAsync(data.AsMemory(sent, Math.Min(100_000, data.Length - sent)));
            }
        });
        using var stop = new CancellationTokenSource();
        var changing = Task.Run(async () =>
        {
            for (var round = 0; !stop.IsCancellationRequested; round++)
            {
                var stream = round % 2 == 0 ? "upstream" : "downstream";
                await _server.MustAsync("POST", "/proxies/p/toxics", $$"""{"type":"latency","name":"a","stream":"{{stream}}","attributes":{"latency":2} }""");
                await _server.MustAsync("POST", "/proxies/p/toxics", $$"""{"type":"slicer","name":"b","stream":"{{stream}}","attributes":{"average_size":20000} }""");
                await _server.MustAsync("PATCH", "/proxies/p/toxics/a", """{"attributes":{"latency":1}}""");
                await _server.MustAsync("DELETE", "/proxies/p/toxics/a");
                await _server.MustAsync("DELETE", "/proxies/p/toxics/b");
            }
        });

        var (received, buffer) = (new MemoryStream(), new byte[256 * 1024]);
        while (received.Length < data.Length && await client.ReceiveAsync(buffer) is var count and > 0)
        {
            received.Write(buffer, 0, count);
        }

        await stop.CancelAsync();
        await changing;
        await sending;
        Assert.That(received.ToArray().AsSpan().SequenceEqual(data));
    }

    [Test]
    public async Task A_receiver_that_does_not_read_makes_the_sender_wait()
    {
        var kept = new List<Socket>();
        using var idle = new EchoServer(async served =>
        {
            kept.Add(served);
            await new TaskCompletionSource().Task;
        });
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", idle.Port));
        client.Blocking = false;
        var (sent, pause) = (0L, 0);
        while (pause < 10)
        {
            try
            {
                sent += client.Send(new byte[64 * 1024]);
                pause = 0;
            }
            catch (SocketException exception) when (exception.SocketErrorCode == SocketError.WouldBlock)
            {
                pause++;
                await Task.Delay(20);
            }
        }

        Assert.That(sent, Is.LessThan(64 * 1024 * 1024));
        kept.ForEach(served => served.Dispose());
    }

    [Test]
    public async Task The_end_of_one_direction_ends_both_as_with_the_original()
    {
        using var answers = new EchoServer(AnswerAfterTheEndAsync);
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", answers.Port));
        await client.SayAsync("question");
        client.Shutdown(SocketShutdown.Send);

        Assert.That((await client.ToEndAsync()).Data, Is.Empty);
    }

    [Test]
    public async Task Half_close_is_kept_where_asked_for()
    {
        using var answers = new EchoServer(AnswerAfterTheEndAsync);
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", answers.Port, ",\"half_close\":true"));
        await client.SayAsync("question");
        client.Shutdown(SocketShutdown.Send);
        var (data, wasReset) = await client.ToEndAsync();

        Assert.That(System.Text.Encoding.ASCII.GetString(data), Is.EqualTo("answer"));
        Assert.That(wasReset, Is.False);
        await EventuallyAsync(async () => (await _server.MustAsync("GET", "/proxies/p/connections")).GetArrayLength() == 0);
    }

    [Test]
    public async Task A_reset_by_one_peer_is_a_clean_end_for_the_other()
    {
        using var resets = new EchoServer(async client =>
        {
            await client.HearAsync(1);
            client.LingerState = new LingerOption(true, 0);
        });
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", resets.Port));
        await client.SayAsync("x");

        Assert.That((await client.ToEndAsync()).WasReset, Is.False);
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Reset_peer_resets_both_also_when_added_to_a_living_connection(bool before)
    {
        var upstreamSaw = new TaskCompletionSource<bool>();
        using var upstream = new EchoServer(async client =>
        {
            await client.SayAsync("hello");
            upstreamSaw.SetResult((await client.ToEndAsync()).WasReset);
        });
        const string Toxic = """{"type":"reset_peer","stream":"upstream"}""";
        var port = await _server.ProxyAsync("p", upstream.Port, before ? $",\"toxics\":[{Toxic}]" : "");
        using var client = await EchoServer.ConnectAsync(port);
        await client.HearAsync(5);
        if (!before)
        {
            await _server.MustAsync("POST", "/proxies/p/toxics", Toxic);
        }

        await client.SayAsync("x");

        Assert.That((await client.ToEndAsync()).WasReset);
        Assert.That(await upstreamSaw.Task);
    }

    [Test]
    public async Task A_toxic_that_no_connection_meets_changes_nothing_not_even_how_it_ends()
    {
        var port = await _server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"reset_peer","toxicity":0},{"type":"timeout","toxicity":-1,"stream":"upstream"}]""");
        using var client = await EchoServer.ConnectAsync(port);
        await client.SayAsync("x");
        Assert.That(await client.HearAsync(1), Is.EqualTo("x"));
        await _server.MustAsync("DELETE", "/proxies/p/toxics/timeout_upstream");
        await client.SayAsync("y");
        Assert.That(await client.HearAsync(1), Is.EqualTo("y"), "removing a toxic that does not act here closes nothing");
        client.Shutdown(SocketShutdown.Send);

        Assert.That((await client.ToEndAsync()).WasReset, Is.False);
    }

    [Test]
    public async Task Latency_delays_and_adds_up()
    {
        var port = await _server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"latency","attributes":{"latency":60}},{"type":"latency","stream":"upstream","attributes":{"latency":40}}]""");
        using var client = await EchoServer.ConnectAsync(port);
        for (var round = 0; round < 3; round++)
        {
            var start = Stopwatch.GetTimestamp();
            await client.SayAsync("x");
            await client.HearAsync(1);

            Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds, Is.InRange(100, 400));
        }
    }

    [Test]
    public async Task Removing_a_stall_lets_everything_go()
    {
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"bandwidth","attributes":{"rate":0}}]"""));
        await client.SayAsync("hello");
        var hearing = client.HearAsync(5);
        Assert.That(await Task.WhenAny(hearing, Task.Delay(200)), Is.Not.SameAs(hearing));
        await _server.MustAsync("DELETE", "/proxies/p/toxics/bandwidth_downstream");

        Assert.That(await hearing, Is.EqualTo("hello"));
    }

    [Test]
    public async Task Removing_a_timeout_and_resetting_close_the_connections_it_acted_on()
    {
        var port = await _server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"timeout"}]""");
        using var one = await EchoServer.ConnectAsync(port);
        await one.SayAsync("x");
        await EventuallyAsync(async () => (await _server.MustAsync("GET", "/proxies/p/connections")).GetArrayLength() == 1);
        await _server.MustAsync("POST", "/reset");

        Assert.That((await one.ToEndAsync()).Data, Is.Empty);
    }

    [Test]
    public async Task Disabling_closes_listener_and_connections_whatever_toxics_hold()
    {
        var port = await _server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"slow_close","attributes":{"delay":60000}},{"type":"latency","attributes":{"latency":60000}}]""");
        using var client = await EchoServer.ConnectAsync(port);
        await client.SayAsync("x");
        await EventuallyAsync(async () => (await _server.MustAsync("GET", "/proxies/p/connections")).GetArrayLength() == 1);
        var start = Stopwatch.GetTimestamp();
        await _server.MustAsync("PATCH", "/proxies/p", """{"enabled":false}""");
        await client.ToEndAsync();

        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
        Assert.That(async () => await EchoServer.ConnectAsync(port), Throws.InstanceOf<SocketException>());
        await _server.MustAsync("PATCH", "/proxies/p", """{"enabled":true}""");
        using var again = await EchoServer.ConnectAsync(port);
    }

    [Test]
    public async Task Changing_the_upstream_closes_connections_and_keeps_toxics()
    {
        var port = await _server.ProxyAsync("p", 1, ""","toxics":[{"type":"noop"}]""");
        var changed = await _server.MustAsync("PATCH", "/proxies/p", $$"""{"upstream":"127.0.0.1:{{_upstream.Port}}"}""");
        using var client = await EchoServer.ConnectAsync(port);
        await client.SayAsync("x");

        Assert.That(await client.HearAsync(1), Is.EqualTo("x"));
        Assert.That(changed.GetProperty("toxics").GetArrayLength(), Is.EqualTo(1));
        await _server.MustAsync("PATCH", "/proxies/p", $$"""{"upstream":"127.0.0.1:{{_upstream.Port}}"}""");
        await client.SayAsync("y");
        Assert.That(await client.HearAsync(1), Is.EqualTo("y"), "the same values leave connections alone");
    }

    [Test]
    public async Task An_upstream_that_refuses_closes_the_client_at_once()
    {
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", 1));

        Assert.That((await client.ToEndAsync()).Data, Is.Empty);
    }

    [Test]
    public async Task An_upstream_that_does_not_answer_delays_nobody_else()
    {
        using var hole = new BlackHole();
        var port = await _server.ProxyAsync("hole", hole.Port, ",\"dial_timeout\":600000");
        using var stuck = await EchoServer.ConnectAsync(port);
        using var other = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", _upstream.Port));
        var start = Stopwatch.GetTimestamp();
        await other.SayAsync("x");
        await other.HearAsync(1);
        await _server.MustAsync("POST", "/proxies/hole/toxics", """{"type":"noop"}""");
        await _server.MustAsync("PATCH", "/proxies/hole", """{"enabled":false}""");
        await stuck.ToEndAsync();
        await _server.MustAsync("DELETE", "/proxies/hole");

        Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(5)));
    }

    [Test]
    public async Task Dialling_has_a_time_out()
    {
        using var hole = new BlackHole();
        using var client = await EchoServer.ConnectAsync(await _server.ProxyAsync("p", hole.Port, ",\"dial_timeout\":100"));

        Assert.That((await client.ToEndAsync()).Data, Is.Empty);
    }

    [Test]
    public async Task Unix_sockets_on_both_sides()
    {
        var folder = Directory.CreateTempSubdirectory("toxiproxy").FullName;
        var (front, back) = (Path.Combine(folder, "front"), Path.Combine(folder, "back"));
        using var upstream = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        upstream.Bind(new UnixDomainSocketEndPoint(back));
        upstream.Listen();
        var made = await _server.MustAsync("POST", "/proxies", $$"""{"name":"p","listen":"unix:{{front}}","upstream":"unix:{{back}}"}""");
        using var client = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await client.ConnectAsync(new UnixDomainSocketEndPoint(front));
        using var served = await upstream.AcceptAsync();
        await client.SayAsync("hello");

        Assert.That(await served.HearAsync(5), Is.EqualTo("hello"));
        Assert.That(made.GetProperty("listen").GetString(), Is.EqualTo($"unix:{front}"));
        await _server.MustAsync("DELETE", "/proxies/p");
        Assert.That(File.Exists(front), Is.False);
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public async Task A_connection_is_slow_to_come_about_or_refused()
    {
        var port = await _server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"slow_connect","name":"slow","attributes":{"delay":150}}]""");
        using var client = await EchoServer.ConnectAsync(port);
        var start = Stopwatch.GetTimestamp();
        await client.SayAsync("x");
        await client.HearAsync(1);
        Assert.That(Stopwatch.GetElapsedTime(start).TotalMilliseconds, Is.InRange(120, 2000));

        await _server.MustAsync("POST", "/proxies/p/toxics", """{"type":"refuse_connect"}""");
        Assert.That(await IsRefusedAsync(port));
        await client.SayAsync("y");
        Assert.That(await client.HearAsync(1), Is.EqualTo("y"), "those that are open stay");
    }

    [Test, Platform("Linux")]
    public async Task Connecting_hangs_and_succeeds_again()
    {
        var port = await _server.ProxyAsync("p", _upstream.Port);
        using var before = await EchoServer.ConnectAsync(port);
        await _server.MustAsync("POST", "/proxies/p/toxics", """{"type":"hang_connect","name":"hang"}""");

        using var waiting = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var connecting = waiting.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        Assert.That(await Task.WhenAny(connecting, Task.Delay(400)), Is.Not.SameAs(connecting), "nobody answers the handshake");
        await before.SayAsync("x");
        Assert.That(await before.HearAsync(1), Is.EqualTo("x"), "those that are open stay");
        Assert.That((await _server.MustAsync("GET", "/proxies/p/connections")).GetArrayLength(), Is.EqualTo(1), "what keeps it shut is no connection of the proxy");

        await _server.MustAsync("DELETE", "/proxies/p/toxics/hang");
        using var after = await EchoServer.ConnectAsync(port);
        await after.SayAsync("y");
        Assert.That(await after.HearAsync(1), Is.EqualTo("y"));
        await connecting.WaitAsync(TimeSpan.FromSeconds(10));
        await waiting.SayAsync("z");
        Assert.That(await waiting.HearAsync(1), Is.EqualTo("z"), "it was tried again");
    }

    [Test, Platform("Linux")]
    public async Task Connecting_hangs_from_the_start_again_and_again_and_with_a_new_door()
    {
        var port = await _server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"hang_connect","name":"hang"}]""");
        for (var round = 0; round < 5; round++)
        {
            Assert.That(await ConnectsAsync(port), Is.False, $"round {round}");
            await _server.MustAsync("PATCH", "/proxies/p/toxics/hang", """{"toxicity":0}""");
            Assert.That(await ConnectsAsync(port), Is.True, $"round {round}");
            await _server.MustAsync("PATCH", "/proxies/p/toxics/hang", """{"toxicity":1}""");
        }

        await _server.MustAsync("POST", "/proxies/p", """{"enabled":false}""");
        await _server.MustAsync("POST", "/proxies/p", """{"enabled":true}""");
        Assert.That(await ConnectsAsync(port), Is.False, "a proxy that was started anew");
        await _server.MustAsync("DELETE", "/proxies/p/toxics/hang");
        Assert.That(await ConnectsAsync(port), Is.True);
    }

    [Test]
    public async Task A_share_of_connections_cannot_hang()
    {
        await _server.ProxyAsync("p", _upstream.Port);

        var answer = await _server.SendAsync("POST", "/proxies/p/toxics", """{"type":"hang_connect","toxicity":0.5}""");

        Assert.That(answer.Status, Is.EqualTo(HttpStatusCode.BadRequest));
        Assert.That(answer.Body, Does.Contain("toxicity of hang_connect is 0 or 1"));
    }

    [Test]
    public async Task A_share_of_connections_meets_a_toxic_the_same_with_the_same_seed()
    {
        var runs = new List<bool[]>();
        foreach (var seed in new[] { 7, 7, 8 })
        {
            await using var server = await ApiServer.StartAsync(new ToxiproxyServerOptions { Seed = seed });
            var port = await server.ProxyAsync("p", _upstream.Port, ""","toxics":[{"type":"noop","name":"half","toxicity":0.5}]""");
            var clients = new List<Socket>();
            for (var count = 1; count <= 60; count++)
            {
                clients.Add(await EchoServer.ConnectAsync(port));
                await EventuallyAsync(async () => (await server.MustAsync("GET", "/proxies/p/connections")).GetArrayLength() == count);
            }

            runs.Add(await MetAsync(server));
            await server.MustAsync("PATCH", "/proxies/p/toxics/half", """{"toxicity":0.8}""");
            var more = await MetAsync(server);
            Assert.That(more.Count(met => met), Is.GreaterThan(runs[^1].Count(met => met)), "a larger share");
            Assert.That(runs[^1].Zip(more).All(pair => pair.Second || !pair.First), "that keeps those it had");
            clients.ForEach(client => client.Dispose());
        }

        Assert.That(runs[0], Is.EqualTo(runs[1]));
        Assert.That(runs[0], Is.Not.EqualTo(runs[2]));
        Assert.That(runs[0].Count(met => met), Is.InRange(15, 45));

        static async Task<bool[]> MetAsync(ApiServer server) =>
            [.. (await server.MustAsync("GET", "/proxies/p/connections")).EnumerateArray().Select(entry => entry.GetProperty("to_client").GetProperty("toxics").GetArrayLength() == 1)];
    }

    internal static async Task EventuallyAsync(Func<Task<bool>> holds)
    {
        var start = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            Assert.That(Stopwatch.GetElapsedTime(start), Is.LessThan(TimeSpan.FromSeconds(20)), "it comes about in time");
            await Task.Delay(10);
        }
    }

    // The reset may come before connecting is over.
    private static async Task<bool> ConnectsAsync(int port)
    {
        using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        using var patience = new CancellationTokenSource(300);
        try
        {
            await client.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port), patience.Token);
            await client.SayAsync("x");
            return await client.HearAsync(1) == "x";
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private static async Task<bool> IsRefusedAsync(int port)
    {
        try
        {
            using var refused = await EchoServer.ConnectAsync(port);
            return (await refused.ToEndAsync()).WasReset;
        }
        catch (SocketException exception)
        {
            return exception.SocketErrorCode == SocketError.ConnectionReset;
        }
    }

    private static async Task AnswerAfterTheEndAsync(Socket client)
    {
        await client.ToEndAsync();
        await client.SayAsync("answer");
    }

    /// <summary>Its queue is full and it accepts nobody, so that connecting to it waits.</summary>
    private sealed class BlackHole : IDisposable
    {
        private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        private readonly List<Socket> _queued = [];

        public BlackHole()
        {
            _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            _listener.Listen(0);
            for (var count = 0; count < 4; count++)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { Blocking = false };
                _queued.Add(socket);
                try
                {
                    socket.Connect(_listener.LocalEndPoint!);
                }
                catch (SocketException)
                {
                    // On its way.
                }
            }
        }

        public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

        public void Dispose()
        {
            _queued.ForEach(socket => socket.Dispose());
            _listener.Dispose();
        }
    }
}
