using System.Globalization;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.LocalCloud.Names;
using Amazon.Route53.Model;

namespace ChaosHarness.LocalCloud.Route53;

/// <summary>A health check, with one checker where AWS has more than a dozen. Until it has failed often enough it is healthy.</summary>
internal sealed class HealthCheck : IDisposable
{
    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ShortestTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromMilliseconds(100);
    private const int MostHops = 8;
    private readonly CloudContext _cloud;
    private readonly CancellationTokenSource _ended;
    private readonly HttpClient _client;
    private bool _passes = true;
    private int _against;

    public HealthCheck(CloudContext cloud, string id, string reference, HealthCheckConfig config)
    {
        (_cloud, Id, Reference, Config) = (cloud, id, reference, config);
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cloud.Ended);
        _client = new HttpClient(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.Zero, ConnectCallback = ConnectAsync }) { Timeout = cloud.Clock.Here(ConnectTime + AnswerTime, ShortestTime) };
        cloud.InBackground($"health check {id}", _ => WatchAsync());
    }

    public string Id { get; }

    /// <summary>By which a request that is sent twice is known.</summary>
    public string Reference { get; }

    public HealthCheckConfig Config { get; set; }

    public long Version { get; set; } = 1;

    public DateTime Checked { get; private set; }

    /// <summary>What came of the last look, such as <c>Success: HTTP Status Code 200, OK</c>.</summary>
    public string Status { get; private set; } = "Success: not checked yet";

    /// <summary>What name servers make of it.</summary>
    public bool IsHealthy => Config.Disabled is true || _passes != Config.Inverted is true;

    public void Dispose()
    {
        _ended.Cancel();
        _client.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            await Task.Delay(_cloud.Clock.Here(TimeSpan.FromSeconds(Config.RequestInterval ?? 30), ShortestInterval), _cloud.Time, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!_ended.IsCancellationRequested)
            {
                Count(await LookAsync());
            }
        }
    }

    // As often in a row as the threshold says, for the better as for the worse.
    private void Count(bool passed)
    {
        Checked = _cloud.Now;
        _against = passed == _passes ? 0 : _against + 1;
        if (_against >= (Config.FailureThreshold ?? 3))
        {
            (_passes, _against) = (passed, 0);
            _cloud.Options.Log($"health check {Id}: {(IsHealthy ? "healthy" : "unhealthy")}: {Status}");
        }
    }

    private async Task<bool> LookAsync()
    {
        var host = Config.IPAddress ?? Config.FullyQualifiedDomainName;
        try
        {
            if (Config.Type.Value == "TCP")
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
                limit.CancelAfter(_client.Timeout);
                await (await ConnectAsync(host, Config.Port!.Value, limit.Token)).DisposeAsync();
                Status = "Success: connected";
                return true;
            }

            using var response = await _client.GetAsync(new Uri(string.Create(CultureInfo.InvariantCulture, $"http://{host}:{Config.Port ?? 80}{Config.ResourcePath}")), HttpCompletionOption.ResponseHeadersRead, _ended.Token);
            var passed = (int)response.StatusCode is >= 200 and < 400;
            Status = string.Create(CultureInfo.InvariantCulture, $"{(passed ? "Success" : "Failure")}: HTTP Status Code {(int)response.StatusCode}, {response.ReasonPhrase}");
            return passed;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or SocketException or IOException or ObjectDisposedException or UriFormatException)
        {
            Status = exception is OperationCanceledException ? "Failure: Connection timed out. The endpoint or the internet connection is down." : $"Failure: {exception.Message}";
            return false;
        }
    }

    private ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken) => ConnectAsync(context.DnsEndPoint.Host, context.DnsEndPoint.Port, cancellationToken);

    private async ValueTask<Stream> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(AddressOf(host), port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private IPAddress AddressOf(string host)
    {
        NameTarget? found = null;
        for (var (hops, name) = (0, host); hops < MostHops && name is not null; (hops, name) = (hops + 1, found?.Canonical))
        {
            if (IPAddress.TryParse(name, out var address) || (address = (found = _cloud.Names.Find(name, out _))?.Address) is not null)
            {
                return address;
            }
        }

        throw new SocketException((int)SocketError.HostNotFound);
    }
}
