using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.Containers.Engines;
using ChaosHarness.SystemFiles.Discovery;
using ChaosHarness.SystemFiles.Machine;
using ChaosHarness.Systems;

namespace ChaosHarness.SystemFiles.Tests.Discovery;

public sealed class DiscoveryTests
{
    private static readonly MachineProcess Web = new(10, 1, "web", ["web", "--port", "8080"]);

    [Test]
    public void Whatever_was_found_becomes_a_file_that_can_be_read_and_may_not_be_broken_before_it_is_filled_in()
    {
        var text = FoundFile.Write(Found(), "it's");
        var file = SystemFile.Parse(text);

        Assert.That((file.Name, file.Environment), Is.EqualTo(("it's", "unknown")));
        Assert.That(file.Components, Is.EqualTo(new[] { new Component("web", ComponentKind.Service), new Component("db", ComponentKind.Database), new Component("cache", ComponentKind.Cache) }));
        Assert.That(text, Does.Contain("unit: postgresql@15-main.service").Or.Contain("unit: 'postgresql@15-main.service'"));
        Assert.That(text, Does.Contain("compose: { project: shop, service: cache, number: 1 }   # redis:7"));
        Assert.That(text, Does.Contain("#   - { from: web, to: db, listen: 127.0.0.1:15432, upstream: 127.0.0.1:5432 }"));
        Assert.That(text, Does.Contain("start: [FILL-IN-what-starts-it]"), "a program that there is not: nothing is hit that nobody can bring back");
        Assert.That(text, Does.Contain("tcp: 127.0.0.1:8080"), "what nobody here is connected to");
    }

    [Test]
    public void A_secret_of_a_command_line_is_not_in_the_file()
    {
        var found = Found() with { Components = [new FoundComponent("web", ComponentKind.Service) { Process = Web with { Arguments = ["web", "--password=hunter2"] }, Listens = [new IPEndPoint(IPAddress.Loopback, 8080)] }] };
        var text = FoundFile.Write(found, "shop");

        Assert.That(text, Does.Not.Contain("hunter2").And.Contain("process: web").And.Contain("looks like a secret"));
        Assert.That(() => SystemFile.Parse(text), Throws.Nothing);
    }

    [Test]
    public void Behind_a_port_is_what_it_is_connected_to_and_nothing_else()
    {
        var found = Found();
        Assert.That(found.Behind([8080]).Components.Select(component => component.Name), Is.EqualTo(new[] { "web", "db" }));
        Assert.That(found.Behind([6379]).Components.Select(component => component.Name), Is.EqualTo(new[] { "cache" }));
        Assert.That(found.Behind([1]).Components, Is.Empty);
    }

    [Test, Platform("Linux")]
    public void What_this_machine_connects_is_seen_in_its_sockets()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var client = new TcpClient(AddressFamily.InterNetwork);
        client.Connect((IPEndPoint)listener.LocalEndpoint);
        var sockets = new SocketTable().Read(out _);
        var owners = SocketOwners.Read([Environment.ProcessId]);

        var listening = sockets.Single(socket => socket.IsListening && socket.Local.Equals(listener.LocalEndpoint));
        Assert.That(owners.ByInode[listening.Inode], Is.EqualTo(Environment.ProcessId));
        Assert.That(sockets.Any(socket => !socket.IsListening && socket.Remote.Equals(listener.LocalEndpoint) && Equals(socket.Local, client.Client.LocalEndPoint)), Is.True);
    }

    [Test]
    public void More_sockets_than_are_looked_at_are_told()
    {
        var proc = Directory.CreateTempSubdirectory("proc-").FullName;
        Directory.CreateDirectory(Path.Combine(proc, "net"));
        File.WriteAllLines(Path.Combine(proc, "net", "tcp"), Enumerable.Range(0, SocketTable.Most + 2).Select(number => $"{number}: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 {number}").Prepend("header"));
        File.WriteAllLines(Path.Combine(proc, "net", "tcp6"), ["header", "nonsense", "0: zz:1 zz:2 0A a b c d e f"]);

        Assert.That(new SocketTable(proc).Read(out var isCut), Has.Count.EqualTo(SocketTable.Most));
        Assert.That(isCut, Is.True);
        Directory.Delete(proc, recursive: true);
    }

    [Test, Platform(Exclude = "Win")]
    public async Task Containers_are_asked_for_over_the_socket_of_the_engine()
    {
        await using var engine = new FakeEngine("""[{"Id":"1","Names":["/shop-db-1"],"Image":"postgres:17","Ports":[{"PublicPort":5432},{"PrivatePort":1}],"Labels":{"com.docker.compose.project":"shop","com.docker.compose.service":"db","com.docker.compose.container-number":"1"}},{"Id":"2","Names":["/a"],"Image":"x"}]""");
        var (containers, problem) = await EngineContainers.AskAsync(engine.Endpoint, default);

        Assert.That(problem, Is.Null);
        Assert.That(containers.Select(container => (container.Name, container.Image, string.Join(' ', container.Ports), container.Project, container.Service, container.Number)), Is.EqualTo(new[]
        {
            ("a", "x", "", (string?)null, (string?)null, (int?)null), ("shop-db-1", "postgres:17", "5432", "shop", "db", 1),
        }));
    }

    [TestCase("{}")]
    [TestCase("no json")]
    [Platform(Exclude = "Win")]
    public async Task An_engine_that_answers_otherwise_is_told_and_no_reason_to_find_nothing(string answer)
    {
        await using var engine = new FakeEngine(answer);
        var (containers, problem) = await EngineContainers.AskAsync(engine.Endpoint, default);

        Assert.That(containers, Is.Empty);
        Assert.That(problem, Does.StartWith("Which containers run is not known: asking which containers run: "));
        Assert.That((await EngineContainers.AskAsync(new Uri("unix:///no/such.sock"), default)).Problem, Does.Contain("no container engine answers at unix:///no/such.sock"));
    }

    private static FoundSystem Found() => new()
    {
        Components =
        [
            new FoundComponent("web", ComponentKind.Service) { Process = Web, Listens = [new IPEndPoint(IPAddress.Any, 8080)] },
            new FoundComponent("db", ComponentKind.Database) { Process = new MachineProcess(20, 1, "postgres", ["postgres"]) { Unit = "postgresql@15-main.service" }, Listens = [new IPEndPoint(IPAddress.IPv6Loopback, 5432)] },
            new FoundComponent("cache", ComponentKind.Cache) { Container = new RunningContainer("4711", "shop-cache-1", "redis:7", [6379], "shop", "cache", 1) },
        ],
        Connections = [new FoundConnection("web", "db", new IPEndPoint(IPAddress.Loopback, 5432))],
        Unseen = ["3 processes of other users\ndo not let root see their sockets."],
    };

    /// <summary>Answers each request with one text.</summary>
    private sealed class FakeEngine : IAsyncDisposable
    {
        private readonly Socket _listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        private readonly Task _serving;

        public FakeEngine(string answer)
        {
            _listener.Bind(new UnixDomainSocketEndPoint(Socket));
            _listener.Listen();
            _serving = ServeAsync(answer);
        }

        public Uri Endpoint => new("unix://" + Socket);

        private string Socket { get; } = Path.Combine(Path.GetTempPath(), $"engine-{Guid.NewGuid():N}.sock");

        public async ValueTask DisposeAsync()
        {
            _listener.Dispose();
            await _serving;
            File.Delete(Socket);
        }

        private async Task ServeAsync(string answer)
        {
            try
            {
                while (true)
                {
                    using var connection = await _listener.AcceptAsync();
                    await connection.ReceiveAsync(new byte[4096]);
                    await connection.SendAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {answer.Length}\r\nConnection: close\r\n\r\n{answer}"));
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
