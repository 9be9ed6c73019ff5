using System.Net;
using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server.Api;
using ChaosHarness.Toxiproxy.Server.Proxies;
using ChaosHarness.Toxiproxy.Server.Timing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Toxiproxy.Server;

/// <summary>A server that speaks the Toxiproxy API, in this process. For measuring prefer <see cref="ToxiproxyProcess"/>: there, nothing else takes its time.</summary>
public sealed partial class ToxiproxyServer : IAsyncDisposable
{
    // The time-outs of the original.
    private static readonly TimeSpan ReadTimeout = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan DrainTimeout = TimeSpan.FromSeconds(30);

    private readonly WebApplication _host;
    private readonly PreciseTime _time;
    private readonly ProxyCollection _proxies;
    private readonly EventFeed _events;

    private ToxiproxyServer(WebApplication host, PreciseTime time, ProxyCollection proxies, EventFeed events)
    {
        _events = events;
        _host = host;
        _time = time;
        _proxies = proxies;
        Url = new Uri(_host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
    }

    /// <summary>Where the API answers.</summary>
    public Uri Url { get; }

    /// <summary>Whether any proxy has a toxic.</summary>
    internal bool HasToxics => Array.Exists(_proxies.All, proxy => proxy.Toxics.Length > 0);

    /// <summary>Starts a server.</summary>
    /// <param name="options">How it runs.</param>
    /// <param name="logging">Where it logs; null for nowhere.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>The server, answering.</returns>
    /// <exception cref="IOException">The port of the API is taken, or the host is not of this machine.</exception>
    public static async Task<ToxiproxyServer> StartAsync(
        ToxiproxyServerOptions options, Action<ILoggingBuilder>? logging = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        logging?.Invoke(builder.Logging);
        var address = await AddressAsync(options.Host, cancellationToken).ConfigureAwait(false);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, address, options.Port));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = DrainTimeout);

        // Whoever starts the server decides which signals end it.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var host = builder.Build();

        var time = new PreciseTime();
        var context = new ServerContext(time, new Clock(time), options.Seed, new EventFeed(time), host.Services.GetRequiredService<ILoggerFactory>().CreateLogger("Toxiproxy"));
        var proxies = new ProxyCollection(context);
        var router = new Router(proxies, context.Events, context.Clock, new ApiOptions(options.ProxyMetrics, options.RuntimeMetrics, options.Token));
        host.Run(router.HandleAsync);
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
            if (options.ConfigFile is { } file)
            {
                await LoadAsync(file, proxies, context.Log, cancellationToken).ConfigureAwait(false);
            }

            return new ToxiproxyServer(host, time, proxies, context.Events);
        }
        catch
        {
            await StopAsync(host, time, proxies, context.Events).ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets requests to the API end, then closes everything.</summary>
    /// <returns>When all is closed.</returns>
    public async ValueTask DisposeAsync() => await StopAsync(_host, _time, _proxies, _events).ConfigureAwait(false);

    private static async Task StopAsync(WebApplication host, PreciseTime time, ProxyCollection proxies, EventFeed events)
    {
        events.Close();
        await host.StopAsync().ConfigureAwait(false);
        await host.DisposeAsync().ConfigureAwait(false);
        proxies.Dispose();
        time.Dispose();
    }

    private static void Configure(KestrelServerOptions kestrel, IPAddress address, int port)
    {
        kestrel.Listen(address, port);
        kestrel.AddServerHeader = false;
        kestrel.Limits.RequestHeadersTimeout = ReadTimeout;
        kestrel.Limits.KeepAliveTimeout = IdleTimeout;
        kestrel.Limits.MaxRequestBodySize = RequestBody.MaximumLength;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 100, gracePeriod: ReadTimeout);
    }

    private static async Task<IPAddress> AddressAsync(string host, CancellationToken cancellationToken)
    {
        try
        {
            var addresses = host.Length == 0 ? [IPAddress.Any] : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
            return addresses.OrderBy(address => address.AddressFamily).First();
        }
        catch (SocketException exception)
        {
            throw new IOException($"The host {host} of the API is unknown: {exception.Message}", exception);
        }
    }

    // As the original: a file that cannot be read is an error in the log, and the server runs without it.
    private static async Task LoadAsync(string file, ProxyCollection proxies, ILogger log, CancellationToken cancellationToken)
    {
        try
        {
            var body = RequestBody.Parse(await File.ReadAllBytesAsync(file, cancellationToken).ConfigureAwait(false));
            await proxies.PopulateAsync(Requests.Proxies(body, withToxics: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or RefusedException or PopulateException)
        {
            LogConfigFailed(log, file, exception.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "The configuration {File} was not loaded: {Reason}")]
    private static partial void LogConfigFailed(ILogger logger, string file, string reason);

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
