using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.Containers.Engines;
using ChaosHarness.Containers.Faults;
using ChaosHarness.Experiments;
using Docker.DotNet;

namespace ChaosHarness.Containers.Tests.Engines;

/// <summary>An engine that is not there, does not answer, says no or ends half way: the run says what to do, in a bounded time.</summary>
public sealed class EngineTroubleTests : RunFixture
{
    [TestCase("unix:///tmp/nowhere/docker.sock")]
    [TestCase("tcp://127.0.0.1:9")]
    public async Task Where_none_is_the_run_says_how_to_start_one(string endpoint)
    {
        using var engine = new ContainerEngine(new Uri(endpoint));

        var record = await RunAsync(engine.Container("db").Freeze());

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(record.Reason, Does.Contain($"no container engine answers at {endpoint}").And.Contains("systemctl start docker").And.Contains("DOCKER_HOST"));
    }

    [Test]
    public void Ssh_is_not_spoken_and_the_way_round_is_told() =>
        Assert.That(() => new ContainerEngine(new Uri("ssh://root@example")).VersionAsync(), Throws.TypeOf<NotRunException>().With.Message.Contains("Forward its socket"));

    [Test]
    public async Task One_that_never_answers_is_given_up()
    {
        using var listener = Listen(out var endpoint);
        using var engine = new ContainerEngine(endpoint) { Patience = TimeSpan.FromMilliseconds(300) };
        var since = Stopwatch.GetTimestamp();

        var record = await RunAsync(engine.Container("db").Freeze());

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(record.Reason, Does.Contain("did not answer within 0.3 s"));
        Assert.That(Stopwatch.GetElapsedTime(since), Is.LessThan(TimeSpan.FromSeconds(20)));
    }

    [TestCase("")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"Id\":")]
    [TestCase("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\nnonsense!")]
    public async Task One_that_ends_half_way_or_talks_nonsense_is_told(string answer)
    {
        using var listener = Listen(out var endpoint);
        _ = AnswerAsync(listener, answer);
        using var engine = new ContainerEngine(endpoint);

        var record = await RunAsync(engine.Container("db").Freeze());

        Assert.That(record.Outcome, Is.EqualTo(Outcome.Inconclusive));
        Assert.That(record.Reason, Does.Contain("the connection to the container engine").And.Contains("docker ps").Or.Contains("no container engine answers"));
    }

    [Test]
    public void Who_may_not_use_it_is_told_how_to_be_allowed_to() =>
        Assert.That(Words(new HttpRequestException("refused", new SocketException((int)SocketError.AccessDenied))), Does.Contain("may not use the container engine").And.Contains("usermod -aG docker"));

    [Test]
    public void One_that_is_too_old_is_told() =>
        Assert.That(
            Words(new DockerApiException(HttpStatusCode.BadRequest, "{\"message\":\"client version 1.52 is too new. Maximum supported API version is 1.24\"}")),
            Does.Contain("client version 1.52 is too new").And.Contains("update the engine"));

    [Test]
    public void What_it_says_is_told_in_its_words() =>
        Assert.That(Words(new DockerApiException(HttpStatusCode.Conflict, "{\"message\":\"Container x is already paused\"}")), Is.EqualTo("freezing db: the engine said: Container x is already paused"));

    private static string Words(Exception exception) => EngineTrouble.Of(exception, new Uri("unix:///var/run/docker.sock"), "freezing db").Message;

    private static TcpListener Listen(out Uri endpoint)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        endpoint = new Uri($"tcp://{listener.LocalEndpoint}");
        return listener;
    }

    private static async Task AnswerAsync(TcpListener listener, string answer)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync();
            var stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        }
    }
}
