using System.Net;
using System.Net.Sockets;

namespace ChaosTests;

/// <summary>What users bear of a slow or a cut network: they reach the service through a proxy of the harness.</summary>
public sealed class NetworkExperiments : ExperimentFixture
{
    private ToxiproxyProcess _server = null!;
    private Connection _connection = null!;
    private Uri _throughProxy = null!;

    private NetworkLink Network => new("network", _connection.Client(), ["service"]) { IsOwnedByRun = true };

    private ExperimentBuilder Users(string hypothesis) => Experiment
        .Hypothesis(hypothesis)
        .On(TheSystem.UnderTest)
        .Probe(new HttpProbe("front page", _throughProxy).Every("50ms"))
        .SteadyState(new SuccessRate("front page").AtLeast(0.99));

    [OneTimeSetUp]
    public async Task PutTheProxyInFront()
    {
        _server = await ToxiproxyProcess.StartAsync();
        _connection = new Connection(_server.Url);
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        var port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        await _connection.Client().AddAsync(new Proxy { Name = "service", Listen = $"127.0.0.1:{port}", Upstream = TheSystem.Address.Authority });
        _throughProxy = new UriBuilder(TheSystem.Address) { Host = "127.0.0.1", Port = port }.Uri;
    }

    [OneTimeTearDown]
    public async Task EndTheProxy()
    {
        _connection?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Experiment(Latency = "p99 500ms"), Category("nightly")]
    public Task Users_bear_a_slow_network() =>
        Users("with 100 ms more on the way, 99 of 100 answers come within half a second").Inject(Network.Latency("100ms", jitter: "20ms").For("3s")).RunAsync();

    [Experiment(Rto = "5s"), Category("nightly")]
    public Task Users_are_served_again_when_a_cut_network_heals() =>
        Users("users are served again within five seconds after a cut of two").Inject(Network.Partition().For("2s")).RunAsync();
}
