using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.GameDay.Termination;

namespace ChaosHarness.GameDay.Tests.Termination;

public sealed class CheckTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [TestCase("200 OK", null)]
    [TestCase("204 No Content", null)]
    [TestCase("503 Service Unavailable", "503, wanted 200 to 299")]
    [TestCase("302 Found", "302, wanted 200 to 299")]
    public async Task An_address_is_well_when_it_answers_so(string status, string? bad)
    {
        using var server = new Server($"HTTP/1.1 {status}\r\nLocation: /elsewhere\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.That(await new HttpCheck(server.Address, [], Patience).WhyBadAsync(CancellationToken.None), Is.EqualTo(bad is null ? null : $"{server.Address} answered {bad}"));
    }

    [Test]
    public async Task Statuses_that_are_named_are_the_only_ones()
    {
        using var server = new Server("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");

        Assert.That(await new HttpCheck(server.Address, [503, 200], Patience).WhyBadAsync(CancellationToken.None), Is.Null);
        Assert.That(await new HttpCheck(server.Address, [201, 418], Patience).WhyBadAsync(CancellationToken.None), Is.EqualTo($"{server.Address} answered 200, wanted 201 or 418"));
    }

    [Test]
    public async Task What_does_not_answer_is_not_well()
    {
        using var server = new Server(null);
        Assert.That(await new HttpCheck(server.Address, [], TimeSpan.FromMilliseconds(200)).WhyBadAsync(CancellationToken.None), Is.EqualTo($"{server.Address} did not answer within 200ms"));

        server.Dispose();
        Assert.That(await new HttpCheck(server.Address, [], Patience).WhyBadAsync(CancellationToken.None), Does.StartWith($"{server.Address} did not answer: "));
    }

    [Test]
    public void Who_is_interrupted_learns_nothing()
    {
        using var server = new Server(null);
        using var over = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        Assert.That(() => new HttpCheck(server.Address, [], Patience).WhyBadAsync(over.Token), Throws.InstanceOf<OperationCanceledException>());
    }

    [Platform(Exclude = "Win", Reason = "The programs are those of a shell.")]
    [TestCase("exit 0", null)]
    [TestCase("sleep 60 & exit 0", null)]
    [TestCase("echo it is down; exit 4", "'sh -c echo it is down; exit 4' ended with exit code 4: it is down")]
    [TestCase("sleep 60", "'sh -c sleep 60' was ended after 3s")]
    public async Task A_program_is_well_when_it_ends_with_0(string script, string? bad) =>
        Assert.That(await new CommandCheck(["sh", "-c", script], TimeSpan.FromSeconds(3)).WhyBadAsync(CancellationToken.None), Is.EqualTo(bad));

    [Test]
    public async Task A_program_that_is_not_there_is_not_well() =>
        Assert.That(await new CommandCheck(["no-such-program"], Patience).WhyBadAsync(CancellationToken.None), Does.StartWith("'no-such-program' could not be started: "));

    /// <summary>Answers every request the same, or never.</summary>
    private sealed class Server : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);

        public Server(string? answer)
        {
            _listener.Start();
            Address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/health"));
            _ = AnswerAsync(answer);
        }

        public Uri Address { get; }

        public void Dispose() => _listener.Dispose();

        private async Task AnswerAsync(string? answer)
        {
            var kept = new List<TcpClient>();
            try
            {
                while (true)
                {
                    var client = await _listener.AcceptTcpClientAsync();
                    kept.Add(client);
                    if (answer is not null)
                    {
                        _ = await client.GetStream().ReadAsync(new byte[4096]);
                        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(answer));
                        client.Close();
                    }
                }
            }
            catch (Exception exception) when (exception is SocketException or ObjectDisposedException or IOException)
            {
                kept.ForEach(client => client.Dispose());
            }
        }
    }
}
