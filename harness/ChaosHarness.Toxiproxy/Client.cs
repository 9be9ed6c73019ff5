using System.Net;
using System.Text.Json;
using ChaosHarness.Toxiproxy.Json;
using ChaosHarness.Toxiproxy.Toxics;

namespace ChaosHarness.Toxiproxy;

/// <summary>Talks to a Toxiproxy server, this harness's or any of version 2.</summary>
/// <remarks>Whatever goes wrong is a <see cref="ToxiProxiException"/> that names the request, and so the server and the proxy.</remarks>
public sealed class Client
{
    private readonly ServerRequests _server;

    internal Client(ServerRequests server) => _server = server;

    /// <summary>Where the server answers.</summary>
    public Uri Server => _server.Server;

    /// <summary>Asks for the server's version.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>Such as 2.12.0; <c>git</c> for a build without one.</returns>
    public async Task<string> VersionAsync(CancellationToken cancellationToken = default) =>
        (await _server.AskAsync(HttpMethod.Get, "/version", null, ToxiproxyJson.Default.ServerVersion, cancellationToken).ConfigureAwait(false)).Version ?? "unknown";

    /// <summary>Asks for all proxies.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The proxies by name.</returns>
    public async Task<IDictionary<string, Proxy>> AllAsync(CancellationToken cancellationToken = default)
    {
        var proxies = await _server.AskAsync(HttpMethod.Get, "/proxies", null, ToxiproxyJson.Default.DictionaryStringProxy, cancellationToken).ConfigureAwait(false);
        foreach (var proxy in proxies.Values)
        {
            proxy.Client = this;
        }

        return proxies;
    }

    /// <summary>Makes a proxy.</summary>
    /// <param name="proxy">What to make.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The proxy, with the address that it got.</returns>
    public Task<Proxy> AddAsync(Proxy proxy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        return ProxyAsync(HttpMethod.Post, "/proxies", JsonSerializer.Serialize(proxy, ToxiproxyJson.Default.Proxy), cancellationToken);
    }

    /// <summary>Makes those proxies that are missing, and leaves those that are there and the same; others of these names are replaced.</summary>
    /// <param name="proxies">What is to be there.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The proxies, in the same order.</returns>
    public async Task<IReadOnlyList<Proxy>> PopulateAsync(IEnumerable<Proxy> proxies, CancellationToken cancellationToken = default)
    {
        var body = JsonSerializer.Serialize([.. proxies], ToxiproxyJson.Default.ListProxy);
        var made = (await _server.AskAsync(HttpMethod.Post, "/populate", body, ToxiproxyJson.Default.PopulatedProxies, cancellationToken).ConfigureAwait(false)).Proxies ?? [];
        made.ForEach(proxy => proxy.Client = this);
        return made;
    }

    /// <summary>Brings the addresses of a proxy and whether it is enabled to the server.</summary>
    /// <param name="proxy">What it is to be.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The proxy as it is now.</returns>
    public async Task<Proxy> UpdateAsync(Proxy proxy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        var body = JsonSerializer.Serialize(proxy, ToxiproxyJson.Default.Proxy);
        var text = await _server.PatchAsync(ProxyPath(proxy.Name), body, cancellationToken).ConfigureAwait(false);
        return Mine(JsonSerializer.Deserialize(text, ToxiproxyJson.Default.Proxy)!);
    }

    /// <summary>Asks for a proxy.</summary>
    /// <param name="proxyName">Its name.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The proxy.</returns>
    public Task<Proxy> FindProxyAsync(string proxyName, CancellationToken cancellationToken = default) => ProxyAsync(HttpMethod.Get, ProxyPath(proxyName), null, cancellationToken);

    /// <summary>Deletes a proxy.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>When it is deleted.</returns>
    public Task DeleteAsync(Proxy proxy, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(proxy);
        return DeleteAsync(proxy.Name, cancellationToken);
    }

    /// <summary>Deletes a proxy.</summary>
    /// <param name="proxyName">Its name.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>When it is deleted.</returns>
    public Task DeleteAsync(string proxyName, CancellationToken cancellationToken = default) => _server.SendAsync(HttpMethod.Delete, ProxyPath(proxyName), null, cancellationToken);

    /// <summary>Enables all proxies and removes all toxics.</summary>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>When it is done.</returns>
    public Task ResetAsync(CancellationToken cancellationToken = default) => _server.SendAsync(HttpMethod.Post, "/reset", null, cancellationToken);

    /// <summary>Asks for the open connections of a proxy. Only the server of this harness lists them.</summary>
    /// <param name="proxyName">The proxy.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The connections, oldest first.</returns>
    public async Task<IReadOnlyList<ProxyConnection>> ConnectionsAsync(string proxyName, CancellationToken cancellationToken = default) =>
        await _server.AskAsync(HttpMethod.Get, ProxyPath(proxyName) + "/connections", null, ToxiproxyJson.Default.ListProxyConnection, cancellationToken).ConfigureAwait(false);

    internal async Task<T> AddToxicToProxyAsync<T>(Proxy proxy, T toxic, CancellationToken cancellationToken)
        where T : ToxicBase => (T)await AddToxicAsync(proxy.Name, toxic, cancellationToken).ConfigureAwait(false);

    internal Task<ToxicBase> AddToxicAsync(string proxyName, ToxicBase toxic, CancellationToken cancellationToken) =>
        _server.AskAsync(HttpMethod.Post, ProxyPath(proxyName) + "/toxics", ToxicJson.Write(toxic).ToJsonString(), ToxicType, cancellationToken);

    internal async Task<IEnumerable<ToxicBase>> FindAllToxicsByProxyNameAsync(string proxyName, CancellationToken cancellationToken) =>
        await _server.AskAsync(HttpMethod.Get, ProxyPath(proxyName) + "/toxics", null, ToxiproxyJson.Default.ListToxicBase, cancellationToken).ConfigureAwait(false);

    internal Task<ToxicBase> FindToxicByProxyNameAndToxicNameAsync(Proxy proxy, string toxicName, CancellationToken cancellationToken) =>
        _server.AskAsync(HttpMethod.Get, ToxicPath(proxy.Name, toxicName), null, ToxicType, cancellationToken);

    internal Task RemoveToxicFromProxyAsync(string proxyName, string toxicName, CancellationToken cancellationToken) =>
        _server.SendAsync(HttpMethod.Delete, ToxicPath(proxyName, toxicName), null, cancellationToken);

    internal Task UpdateToxicAsync(string proxyName, string toxicName, ToxicBase toxic, CancellationToken cancellationToken) =>
        _server.PatchAsync(ToxicPath(proxyName, toxicName), ToxicJson.WriteUpdate(toxic).ToJsonString(), cancellationToken);

    internal Task RenewAsync(string proxyName, string toxicName, TimeSpan lease, CancellationToken cancellationToken)
    {
        var body = JsonSerializer.Serialize(new LeaseRenewal((long)lease.TotalMilliseconds), ToxiproxyJson.Default.LeaseRenewal);
        return _server.PatchAsync(ToxicPath(proxyName, toxicName), body, cancellationToken);
    }

    /// <summary>Removes a toxic that may be gone already.</summary>
    internal async Task RemoveIfPresentAsync(string proxyName, string toxicName, CancellationToken cancellationToken)
    {
        try
        {
            await RemoveToxicFromProxyAsync(proxyName, toxicName, cancellationToken).ConfigureAwait(false);
        }
        catch (ToxiProxiException exception) when (exception.Status == HttpStatusCode.NotFound)
        {
            // Its lease ran out, or someone reset the server.
        }
    }

    private static System.Text.Json.Serialization.Metadata.JsonTypeInfo<ToxicBase> ToxicType => ToxiproxyJson.Default.ToxicBase;

    internal static string ToxicPath(string proxyName, string toxicName) => $"{ProxyPath(proxyName)}/toxics/{Uri.EscapeDataString(Named(toxicName))}";

    private static string ProxyPath(string proxyName) => $"/proxies/{Uri.EscapeDataString(Named(proxyName))}";

    private static string Named(string name) => string.IsNullOrEmpty(name) ? throw new ArgumentException("A name is needed.", nameof(name)) : name;

    private async Task<Proxy> ProxyAsync(HttpMethod method, string path, string? body, CancellationToken cancellationToken) =>
        Mine(await _server.AskAsync(method, path, body, ToxiproxyJson.Default.Proxy, cancellationToken).ConfigureAwait(false));

    private Proxy Mine(Proxy proxy)
    {
        proxy.Client = this;
        return proxy;
    }
}
