using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChaosHarness.GameDay.Board;

/// <summary>Serves a board. Its address holds a secret: who does not know it finds nothing.</summary>
internal sealed class BoardServer : IAsyncDisposable
{
    /// <summary>The variable of the environment with the password of the certificate.</summary>
    public const string PasswordVariable = "CHAOSHARNESS_BOARD_PASSWORD";

    private const int SecretBytes = 18;
    private const int LargestRequest = 16 * 1024;
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);
    private readonly WebApplication _host;

    private BoardServer(WebApplication host, Uri address) => (_host, Address) = (host, address);

    /// <summary>Where it answers, with the secret.</summary>
    public Uri Address { get; }

    /// <summary>What says to others that it is there.</summary>
    public IDisposable? Shown { get; set; }

    /// <summary>Starts one.</summary>
    /// <param name="options">Where it answers; where the port is taken, at a free one.</param>
    /// <param name="stream">What it shows.</param>
    /// <param name="session">The folder of the session.</param>
    /// <param name="tell">Tells people something.</param>
    /// <exception cref="IOException">It cannot listen there.</exception>
    public static async Task<BoardServer> StartAsync(BoardOptions options, BoardStream stream, string session, Action<string> tell)
    {
        if (!options.IsLocal && options.Certificate is null)
        {
            tell($"The board answers at {options.Host} without TLS: who can listen on the way learns its address, and may halt the session. Chaos.BoardCertificate names a certificate.");
        }

        try
        {
            return await ListenAsync(options, stream, session).ConfigureAwait(false);
        }
        catch (IOException exception) when (options.Port > 0 && exception.InnerException is not (null or FileNotFoundException))
        {
            tell($"Port {options.Port} of the board is taken; it has another.");
            return await ListenAsync(options with { Port = 0 }, stream, session).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        Shown?.Dispose();
        using var limit = new CancellationTokenSource(Drain);
        await _host.StopAsync(limit.Token).ConfigureAwait(false);
        await _host.DisposeAsync().ConfigureAwait(false);
    }

    private static async Task<BoardServer> ListenAsync(BoardOptions options, BoardStream stream, string session)
    {
        var secret = Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)).Replace('+', '-').Replace('/', '_');
        using var certificate = options.Certificate is { } file ? Load(file) : null;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, certificate));
        if (certificate is not null)
        {
            builder.WebHost.UseKestrelHttpsConfiguration();
        }

        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);
        // The tests decide which signals end the process.
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var host = builder.Build();
        host.Run(new BoardRouter(secret, stream, session, host.Lifetime.ApplicationStopping).HandleAsync);
        try
        {
            await host.StartAsync().ConfigureAwait(false);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            throw;
        }

        var listens = new Uri(host.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        var name = options.Host.Equals(IPAddress.Any) || options.Host.Equals(IPAddress.IPv6Any) ? Dns.GetHostName() : listens.Host;
        return new BoardServer(host, new UriBuilder(listens) { Host = name, Path = secret + "/" }.Uri);
    }

    private static X509Certificate2 Load(string file)
    {
        try
        {
            return X509CertificateLoader.LoadPkcs12FromFile(file, Environment.GetEnvironmentVariable(PasswordVariable));
        }
        catch (Exception exception) when (exception is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new InvalidOperationException($"the certificate {file} cannot be used: {(File.Exists(file) ? exception.Message.TrimEnd('.') : "there is no such file")}. It has to be a .pfx with its key; its password is in {PasswordVariable}.", exception);
        }
    }

    private static void Configure(KestrelServerOptions kestrel, BoardOptions options, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = LargestRequest;
        kestrel.Listen(options.Host, options.Port, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(new X509Certificate2(certificate));
            }
        });
    }

    /// <summary>Waits for nothing and hears no signals.</summary>
    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
