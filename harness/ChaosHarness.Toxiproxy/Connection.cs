namespace ChaosHarness.Toxiproxy;

/// <summary>Where a server is.</summary>
public sealed class Connection : IDisposable
{
    private readonly HttpClient _http;
    private readonly bool _resetAllToxicsAndProxiesOnClose;

    /// <summary>A server on this machine, on the usual port.</summary>
    /// <param name="resetAllToxicsAndProxiesOnClose">Whether disposing removes all toxics and enables all proxies.</param>
    public Connection(bool resetAllToxicsAndProxiesOnClose = false)
        : this("localhost", resetAllToxicsAndProxiesOnClose)
    {
    }

    /// <summary>A server on the usual port.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="resetAllToxicsAndProxiesOnClose">Whether disposing removes all toxics and enables all proxies.</param>
    public Connection(string host, bool resetAllToxicsAndProxiesOnClose = false)
        : this(host, 8474, resetAllToxicsAndProxiesOnClose)
    {
    }

    /// <summary>A server.</summary>
    /// <param name="host">Its host.</param>
    /// <param name="port">The port of its API.</param>
    /// <param name="resetAllToxicsAndProxiesOnClose">Whether disposing removes all toxics and enables all proxies.</param>
    public Connection(string host, int port, bool resetAllToxicsAndProxiesOnClose = false)
        : this(new UriBuilder(Uri.UriSchemeHttp, host, port).Uri, resetAllToxicsAndProxiesOnClose)
    {
    }

    /// <summary>A server.</summary>
    /// <param name="server">Where its API answers.</param>
    /// <param name="resetAllToxicsAndProxiesOnClose">Whether disposing removes all toxics and enables all proxies.</param>
    /// <param name="token">The bearer token that it asks for; null for none.</param>
    public Connection(Uri server, bool resetAllToxicsAndProxiesOnClose = false, string? token = null)
    {
        _http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(5) })
        {
            BaseAddress = server,
            Timeout = TimeSpan.FromSeconds(30),
        };
        if (token is not null)
        {
            _http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }

        _resetAllToxicsAndProxiesOnClose = resetAllToxicsAndProxiesOnClose;
    }

    /// <summary>A client of the server.</summary>
    /// <returns>The client.</returns>
    public Client Client() => new(new ServerRequests(_http));

    /// <summary>Ends the connection, after a reset if it was asked for.</summary>
    public void Dispose()
    {
        if (_resetAllToxicsAndProxiesOnClose)
        {
            Client().ResetAsync().GetAwaiter().GetResult();
        }

        _http.Dispose();
    }
}
