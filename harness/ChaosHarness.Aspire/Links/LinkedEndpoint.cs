using System.Globalization;
using System.Net.Sockets;
using Aspire.Hosting.ApplicationModel;
using ChaosHarness.Toxiproxy;

namespace ChaosHarness.Aspire.Links;

/// <summary>An endpoint as one consumer sees it: of the same resource and scheme, at the address of a proxy.</summary>
/// <param name="link">The link that it belongs to.</param>
/// <param name="proxy">What its proxy is called.</param>
/// <param name="real">The endpoint itself.</param>
/// <param name="client">A client of the proxy server.</param>
/// <param name="ended">Cancelled when the application has ended.</param>
internal sealed class LinkedEndpoint(string link, string proxy, EndpointReference real, Client client, CancellationToken ended)
{
    private readonly Lazy<Task<EndpointReference>> _seen = new(() => MakeAsync(proxy, real, client, ended));

    public string Link => link;

    public string Proxy => proxy;

    /// <summary>The endpoint as the consumer sees it, once the real one has its address.</summary>
    public Task<EndpointReference> SeenAsync(CancellationToken cancellationToken) => _seen.Value.WaitAsync(cancellationToken);

    private static async Task<EndpointReference> MakeAsync(string proxy, EndpointReference real, Client client, CancellationToken cancellationToken)
    {
        var endpoint = real.EndpointAnnotation;
        var allocated = await endpoint.AllAllocatedEndpoints.GetAllocatedEndpointAsync(KnownNetworkIdentifiers.LocalhostNetwork, cancellationToken).ConfigureAwait(false);
        var made = await client.AddAsync(new Proxy { Name = proxy, Listen = "127.0.0.1:0", Upstream = Address(allocated.Address, allocated.Port) }, cancellationToken).ConfigureAwait(false);
        var port = int.Parse(made.Listen[(made.Listen.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture);
        var seen = new EndpointAnnotation(ProtocolType.Tcp, endpoint.UriScheme, endpoint.Transport, endpoint.Name, port, endpoint.TargetPort, endpoint.IsExternal, isProxied: true) { TlsEnabled = endpoint.TlsEnabled };
        // The same host: certificates and host filters go by it.
        seen.AllocatedEndpoint = new AllocatedEndpoint(seen, allocated.Address, port);
        return new EndpointReference(real.Resource, seen);
    }

    private static string Address(string host, int port) => string.Create(CultureInfo.InvariantCulture, $"{host}:{port}");
}
