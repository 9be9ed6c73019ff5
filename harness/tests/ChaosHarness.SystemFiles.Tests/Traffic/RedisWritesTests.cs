using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.Workloads;

namespace ChaosHarness.SystemFiles.Tests.Traffic;

/// <summary>Writes to a Redis that the file has the harness run.</summary>
[Platform("Linux")]
public sealed class RedisWritesTests
{
    private const long First = 4_711_000_000_000_001;
    private string _folder = "";
    private int _port;

    [SetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("redis-writes-").FullName;
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _port = ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task What_was_acknowledged_is_read_back_and_what_was_refused_is_not()
    {
        await using var system = await StartAsync("SET order:{id} 1");
        var writes = system.System.Workloads.Single();

        foreach (var number in Enumerable.Range(0, 3))
        {
            Assert.That((await writes.Send(new WriteAttempt(First + number, number), default)).Acknowledged, Is.True);
        }

        var stored = new List<long?>();
        await foreach (var id in writes.Stored!(default))
        {
            stored.Add(id.Number);
        }

        Assert.That(stored, Is.EquivalentTo(new long?[] { First, First + 1, First + 2 }));
    }

    [Test]
    public async Task An_error_of_the_server_is_no_acknowledgement()
    {
        await using var system = await StartAsync("INCR order:{id} too many");
        var outcome = await system.System.Workloads.Single().Send(new WriteAttempt(First, 0), default);

        Assert.That((outcome.Acknowledged, outcome.Detail), Is.EqualTo((false, "ERR")));
    }

    [Test]
    public async Task Whatever_is_no_redis_is_said_to_be_none()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var serving = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray());
            await Task.Delay(2000);
        });
        var file = SystemFile.Parse(Text("SET order:{id} 1").Replace($"address: 127.0.0.1:{_port}", $"address: {listener.LocalEndpoint}", StringComparison.Ordinal), folder: _folder);
        await using var system = await file.StartAsync();

        Assert.That(async () => await system.System.Workloads.Single().Send(new WriteAttempt(First, 0), default), Throws.TypeOf<IOException>().With.Message.Contains("no Redis"));
        await serving;
    }

    private async Task<RunningSystem> StartAsync(string write) => await SystemFile.Parse(Text(write), folder: _folder).StartAsync();

    private string Text(string write) => string.Create(CultureInfo.InvariantCulture, $"""
        system: cache
        environment: local
        components:
          - name: redis
            kind: cache
            run: [redis-server, --port, {_port}, --bind, 127.0.0.1, --save, '', --appendonly, "yes", --dir, {_folder}]
            ready: 127.0.0.1:{_port}
        writes:
          redis:
            address: 127.0.0.1:{_port}
            write: {write}
            read-back: KEYS order:*
        """);
}
