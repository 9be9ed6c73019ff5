using System.Collections.Concurrent;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Toxiproxy;
using ChaosHarness.Toxiproxy.Faults;
using ChaosHarness.Toxiproxy.Server;

namespace ChaosHarness.Aspire.Links;

/// <summary>The links of an application, and the proxy server that they go through; both end with it.</summary>
internal sealed class ChaosLinks : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, LinkedEndpoint> _endpoints = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _ended = new();
    private ToxiproxyProcess? _server;
    private Connection? _connection;

    /// <summary>One link for each pair of resources, by name.</summary>
    public IReadOnlyList<NetworkLink> All =>
    [
        .. _endpoints.Values
            .GroupBy(endpoint => endpoint.Link)
            .OrderBy(link => link.Key, StringComparer.Ordinal)
            .Select(link => new NetworkLink(link.Key, Client, [.. link.Select(endpoint => endpoint.Proxy).Order(StringComparer.Ordinal)]) { IsOwnedByRun = true }),
    ];

    private Client Client => (_connection ?? throw new InvalidOperationException("The application has no proxy server yet: start it first.")).Client();

    public static string NameOf(string from, string to) => $"{from} to {to}";

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _server = await ToxiproxyProcess.StartAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        _connection = new Connection(_server.Url);
    }

    /// <summary>The way of a resource to an endpoint of another, through a proxy that is made when its address is first asked for.</summary>
    /// <returns>The way; null where none can lead through a proxy.</returns>
    public LinkedEndpoint? Between(IResource from, EndpointReference to) => from == to.Resource || !to.Exists || to.EndpointAnnotation.Protocol != System.Net.Sockets.ProtocolType.Tcp
        ? null
        : _endpoints.GetOrAdd($"{NameOf(from.Name, to.Resource.Name)} ({to.EndpointName})", proxy => new LinkedEndpoint(NameOf(from.Name, to.Resource.Name), proxy, to, Client, _ended.Token));

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync().ConfigureAwait(false);
        _ended.Dispose();
        _connection?.Dispose();
        if (_server is { } server)
        {
            await server.DisposeAsync().ConfigureAwait(false);
        }
    }
}
