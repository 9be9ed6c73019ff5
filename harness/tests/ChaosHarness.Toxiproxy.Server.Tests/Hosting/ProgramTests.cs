using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.Toxiproxy.Server.Tests.Hosting;

/// <summary>The server alone, as a real process.</summary>
public sealed class ProgramTests
{
    private static readonly string Assembly = typeof(ToxiproxyServer).Assembly.Location;

    [Test]
    public async Task It_ends_with_the_process_that_started_it_and_answers_until_then()
    {
        var server = await ToxiproxyProcess.StartAsync(seed: 3);
        using var http = new HttpClient();
        Assert.That(await http.GetStringAsync(new Uri(server.Url, "/version")), Does.Contain("2.12.0"));
        using var process = Process.GetProcessById(server.ProcessId);
        await server.DisposeAsync();

        Assert.That(process.HasExited);
    }

    [Test, Platform("Linux,MacOsX")]
    public async Task A_terminal_that_interrupts_all_of_its_processes_leaves_it_to_the_one_that_started_it()
    {
        var server = await ToxiproxyProcess.StartAsync();
        using var http = new HttpClient();
        using var process = Process.GetProcessById(server.ProcessId);
        foreach (var signal in new[] { "-INT", "-HUP" })
        {
            using var kill = Process.Start("kill", [signal, process.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync();
            await Task.Delay(300);
            Assert.That(await http.GetStringAsync(new Uri(server.Url, "/version")), Does.Contain("2.12.0"), $"after {signal} it still undoes what it is asked to");
        }

        await server.DisposeAsync();
        Assert.That(process.HasExited);
    }

    [Test]
    public async Task A_taken_port_ends_it_with_a_message()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        var (code, _, error) = await RunAsync("--host", "127.0.0.1", "--port", port);

        Assert.That(code, Is.EqualTo(1));
        Assert.That(error, Does.Contain($"127.0.0.1:{port}").And.Contain("address already in use"));
    }

    [TestCase("-nope")]
    [TestCase("-port", "x")]
    [TestCase("-port", "70000")]
    [TestCase("-port")]
    [TestCase("word")]
    public async Task Wrong_flags_end_it_with_the_usage(params string[] arguments)
    {
        var (code, _, error) = await RunAsync(arguments);

        Assert.That(code, Is.EqualTo(2));
        Assert.That(error, Does.Contain("Usage:").And.Contain(arguments[0]));
    }

    [TestCase("-version")]
    [TestCase("--version")]
    public async Task It_tells_its_version(string flag) => Assert.That((await RunAsync(flag)).Output, Does.StartWith("toxiproxy-server version "));

    [Test]
    public async Task It_begins_with_the_proxies_and_toxics_of_its_configuration()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, """[{"name":"p","listen":"127.0.0.1:0","upstream":"x:1","toxics":[{"type":"latency","attributes":{"latency":9}}]}]""");
        await using var server = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Host = "127.0.0.1", Port = 0, ConfigFile = file });
        using var http = new HttpClient();

        Assert.That(await http.GetStringAsync(new Uri(server.Url, "/proxies")), Does.Contain("\"latency\":9"));
        File.Delete(file);
    }

    [TestCase("{ not json")]
    [TestCase("[{\"name\":\"p\"}]")]
    [TestCase(null)]
    public async Task A_configuration_that_cannot_be_read_does_not_keep_it_from_starting(string? text)
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        if (text is not null)
        {
            await File.WriteAllTextAsync(file, text);
        }

        await using var server = await ToxiproxyServer.StartAsync(new ToxiproxyServerOptions { Host = "127.0.0.1", Port = 0, ConfigFile = file });
        using var http = new HttpClient();

        Assert.That(await http.GetStringAsync(new Uri(server.Url, "/proxies")), Is.EqualTo("{}"));
        File.Delete(file);
    }

    [Test, Platform("Linux,MacOsX")]
    public async Task A_terminate_signal_ends_it_well_even_with_a_listener_to_events()
    {
        using var process = Start("--host", "127.0.0.1", "--port", "0");
        var ready = await process.StandardOutput.ReadLineAsync();
        using var http = new HttpClient();
        using var events = await http.GetAsync(new Uri($"{ready!.Split(' ')[^1]}events"), HttpCompletionOption.ResponseHeadersRead);
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        await process.WaitForExitAsync(limit.Token);

        Assert.That(process.ExitCode, Is.Zero);
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("dotnet", ["exec", Assembly, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, await output, await error);
    }
}
