using System.Diagnostics;
using Aspire.Hosting;
using Aspire.Hosting.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Aspire.Tests.Shops;

/// <summary>The shop, brought up once for all tests. It is broken by one test at a time, and each puts it back.</summary>
[SetUpFixture]
public sealed class Shop
{
    private static readonly string Folder = Directory.CreateTempSubdirectory("aspire-shop-").FullName;
    private static AspireSystem? _system;
    private static DistributedApplication? _application;

    internal static AspireSystem System => _system!;

    internal static DistributedApplication Application => _application!;

    internal static Uri Web => AddressOf("web");

    /// <summary>While it is there, the health check of the front does not pass.</summary>
    internal static string SickFile => Path.Combine(Folder, "sick");

    /// <summary>How long it took until it was started.</summary>
    internal static TimeSpan Up { get; private set; }

    internal static Uri AddressOf(string resource) => Application.GetEndpoint(resource, "http");

    [OneTimeSetUp]
    public async Task Start()
    {
        var data = await MakeDatabaseAsync();
        var started = Stopwatch.GetTimestamp();
        var builder = await DistributedApplicationTestingBuilder.CreateAsync<Projects.AspireShop_AppHost>([$"--Postgres:Data={data}", $"--Postgres:Program={Postgres("postgres")}", $"--Sick={SickFile}"]);
        builder.Services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Warning));
        _application = await builder.AddChaos().BuildAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await Application.StartAsync(limit.Token);
        await Application.ResourceNotifications.WaitForResourceHealthyAsync("web", limit.Token);
        Up = Stopwatch.GetElapsedTime(started);
        _system = AspireSystem.Of(Application, new AspireSystemOptions { Name = "shop", Kinds = new Dictionary<string, Systems.ComponentKind> { ["postgres"] = Systems.ComponentKind.Database } });
    }

    [OneTimeTearDown]
    public async Task End()
    {
        if (_system is not null)
        {
            await _system.DisposeAsync();
        }

        Directory.Delete(Folder, recursive: true);
    }

    private static string Postgres(string program) => Directory.EnumerateDirectories("/usr/lib/postgresql").OrderDescending(StringComparer.Ordinal).Select(version => Path.Combine(version, "bin", program)).First(File.Exists);

    private static async Task<string> MakeDatabaseAsync()
    {
        var data = Path.Combine(Folder, "data");
        await RunAsync("chown", "postgres", Folder);
        await RunAsync("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", Postgres("initdb"), "-D", data, "-A", "trust", "--no-sync");
        return data;
    }

    private static async Task RunAsync(string program, params IEnumerable<string> arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.That(process.ExitCode, Is.Zero, await output + await errors);
    }
}
