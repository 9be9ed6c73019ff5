using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server.Proxies;

/// <summary>The proxies of a server.</summary>
internal sealed partial class ProxyCollection : IDisposable
{
    private readonly ServerContext _context;
    private readonly Leases _leases;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, Proxy> _proxies = new(StringComparer.Ordinal);

    public ProxyCollection(ServerContext context)
    {
        _context = context;
        _leases = new Leases(context.Time, Expire);
    }

    /// <summary>All of them, by name.</summary>
    public Proxy[] All
    {
        get
        {
            lock (_gate)
            {
                return [.. _proxies.Values];
            }
        }
    }

    public Proxy Get(string name) => Find(name) ?? throw RefusedException.ProxyNotFound();

    /// <summary>Makes a proxy with its first toxics. It is there only once it listens and every toxic is on it.</summary>
    /// <param name="request">What to make.</param>
    /// <param name="cancellationToken">Ends the look-up of its address.</param>
    /// <returns>The proxy.</returns>
    /// <exception cref="RefusedException">It cannot be made.</exception>
    public async Task<Proxy> AddAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.Definition.Name) is not null)
        {
            throw RefusedException.ProxyExists();
        }

        var proxy = await MakeAsync(request, cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            if (_proxies.TryAdd(proxy.Name, proxy))
            {
                _leases.Set(proxy.Name, proxy.Definition.Lease);
                _context.Events.Tell("proxy_added", proxy.Name);
                return proxy;
            }
        }

        proxy.Dispose();
        throw RefusedException.ProxyExists();
    }

    public async Task<Proxy> ChangeAsync(string name, ProxyChange change, CancellationToken cancellationToken)
    {
        var proxy = Get(name);
        await proxy.ChangeAsync(change, cancellationToken).ConfigureAwait(false);
        if (change.Lease is not null)
        {
            _leases.Set(name, proxy.Definition.Lease);
        }

        _context.Events.Tell("proxy_changed", name);
        return proxy;
    }

    public void Remove(string name)
    {
        Proxy? proxy;
        lock (_gate)
        {
            if (!_proxies.Remove(name, out proxy))
            {
                throw RefusedException.ProxyNotFound();
            }
        }

        _leases.End(name);
        proxy.Dispose();
        _context.Events.Tell("proxy_removed", name);
    }

    /// <summary>Makes those that are missing, leaves those that are as asked, replaces the others without their toxics.</summary>
    /// <param name="requests">What is to be there.</param>
    /// <param name="cancellationToken">Ends the look-up of addresses.</param>
    /// <returns>The proxies, in the order asked for.</returns>
    /// <exception cref="PopulateException">It stopped half way.</exception>
    public async Task<IReadOnlyList<Proxy>> PopulateAsync(IReadOnlyList<ProxyRequest> requests, CancellationToken cancellationToken)
    {
        var done = new List<Proxy>();
        foreach (var request in requests)
        {
            try
            {
                done.Add(await PutAsync(request, cancellationToken).ConfigureAwait(false));
            }
            catch (RefusedException refusal)
            {
                throw new PopulateException(refusal, done);
            }
        }

        return done;
    }

    /// <summary>Enables every proxy and removes every toxic.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RefusedException">A proxy cannot listen; the others are reset.</exception>
    public async Task ResetAsync(CancellationToken cancellationToken)
    {
        RefusedException? refusal = null;
        foreach (var proxy in All)
        {
            try
            {
                proxy.RemoveAllToxics();
                await proxy.StartAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (RefusedException exception)
            {
                refusal ??= exception;
            }
        }

        if (refusal is not null)
        {
            throw refusal;
        }
    }

    public void Dispose()
    {
        _leases.Dispose();
        foreach (var proxy in All)
        {
            proxy.Dispose();
        }
    }

    private Proxy? Find(string name)
    {
        lock (_gate)
        {
            return _proxies.GetValueOrDefault(name);
        }
    }

    private async Task<Proxy> MakeAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        var proxy = new Proxy(request.Definition, _context);
        try
        {
            foreach (var toxic in request.Toxics)
            {
                proxy.AddToxic(toxic);
            }

            if (request.Definition.Enabled)
            {
                await proxy.StartAsync(cancellationToken).ConfigureAwait(false);
            }

            return proxy;
        }
        catch
        {
            proxy.Dispose();
            throw;
        }
    }

    private async Task<Proxy> PutAsync(ProxyRequest request, CancellationToken cancellationToken)
    {
        if (Find(request.Definition.Name) is not { } present)
        {
            return await AddAsync(request, cancellationToken).ConfigureAwait(false);
        }

        if (await present.IsAsync(request.Definition, cancellationToken).ConfigureAwait(false))
        {
            return present;
        }

        Remove(present.Name);
        return await AddAsync(request, cancellationToken).ConfigureAwait(false);
    }

    private void Expire(string name)
    {
        try
        {
            Remove(name);
            LogExpired(_context.Log, name);
            _context.Events.Tell("proxy_expired", name);
        }
        catch (RefusedException)
        {
            // Removed just before.
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lease of proxy {Proxy} ran out; it was removed")]
    private static partial void LogExpired(ILogger logger, string proxy);
}
