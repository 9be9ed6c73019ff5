using System.Net;
using System.Net.Sockets;
using ChaosHarness.Probes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Tests.Probes;

public sealed class ProbeTests
{
    [Test]
    public async Task An_http_probe_takes_only_success_for_good()
    {
        await using var server = await ServerAsync();
        var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        Assert.That(await SampleAsync(new HttpProbe("ok", new Uri(address + "/200"))), Is.EqualTo(ProbeSample.Good));
        Assert.That(await SampleAsync(new HttpProbe("down", new Uri(address + "/503"))), Is.EqualTo(ProbeSample.Bad("HTTP 503")));
        Assert.That(await SampleAsync(new HttpProbe("moved", new Uri(address + "/302"))), Is.EqualTo(ProbeSample.Bad("HTTP 302")));
    }

    [Test]
    public void An_address_may_be_written_as_a_text()
    {
        Assert.That(new HttpProbe("orders", "http://localhost:8080/health"), Is.EqualTo(new HttpProbe("orders", new Uri("http://localhost:8080/health"))));
        Assert.That(() => new HttpProbe("orders", "localhost:8080"), Throws.ArgumentException.With.Message.StartsWith("'localhost:8080' is no address of http or https"));
        Assert.That(() => new HttpProbe("orders", "/health"), Throws.ArgumentException);
    }

    [Test]
    public async Task A_tcp_probe_takes_a_connection_for_good()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        Assert.That((await SampleAsync(new TcpProbe("db", "127.0.0.1", port))).Ok, Is.True);
        listener.Stop();
        Assert.That(() => SampleAsync(new TcpProbe("db", "127.0.0.1", port)), Throws.TypeOf<SocketException>());
    }

    [Test, Platform("Unix")]
    public async Task A_command_probe_takes_exit_code_zero_for_good()
    {
        Assert.That((await SampleAsync(new CommandProbe("true", "true", []))).Ok, Is.True);
        Assert.That(await SampleAsync(new CommandProbe("code", "sh", ["-c", "yes | head -c 1000000; exit 7"])), Is.EqualTo(ProbeSample.Bad("exit code 7")));
        Assert.That(() => SampleAsync(new CommandProbe("none", "no-such-program", [])), Throws.InstanceOf<Exception>());
    }

    [Test, Platform("Unix")]
    public void A_command_that_hangs_is_killed_at_the_time_out()
    {
        var file = Path.GetTempFileName();
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        var probe = new CommandProbe("hang", "sh", ["-c", $"echo $$ > {file}; sleep 100"]);

        Assert.That(() => probe.SampleAsync(soon.Token).AsTask(), Throws.InstanceOf<OperationCanceledException>());
        var id = int.Parse(File.ReadAllText(file), System.Globalization.CultureInfo.InvariantCulture);
        Assert.That(() => ChaosHarness.Faults.Processes.ProcessIdentity.Find(id), Is.Null.After(5000, 20));
        File.Delete(file);
    }

    [Test]
    public void Every_wrong_setting_is_a_mistake()
    {
        var probe = new HttpProbe("", new Uri("ftp://x")) { Timeout = TimeSpan.Zero, SlowThreshold = TimeSpan.Zero }.Every("soon").SlowAfter("x");

        Assert.That(probe.Mistakes(), Has.Exactly(6).Items);
        Assert.That(new TcpProbe("db", "localhost", 70_000).Mistakes().Single(), Does.Contain("70000"));
        Assert.That(new DelegateProbe("fine", _ => ValueTask.FromResult(ProbeSample.Good)).Every("5ms").TimeoutAfter("1s").SlowAfter("20ms").Mistakes(), Is.Empty);
        Assert.That((new DelegateProbe("fast", _ => ValueTask.FromResult(ProbeSample.Good)) { Interval = TimeSpan.FromTicks(999) }).Mistakes().Single(), Does.Contain("100us"));
    }

    [Test]
    public void A_changed_probe_is_another_probe()
    {
        Probe probe = new TcpProbe("db", "localhost", 1);

        Assert.That(probe.Every("5ms").Interval, Is.EqualTo(TimeSpan.FromMilliseconds(5)));
        Assert.That(probe.Every("5ms"), Is.TypeOf<TcpProbe>());
        Assert.That(probe.Interval, Is.EqualTo(TimeSpan.FromMilliseconds(100)));
    }

    private static Task<ProbeSample> SampleAsync(Probe probe) => probe.SampleAsync(CancellationToken.None).AsTask();

    private static async Task<WebApplication> ServerAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGet("/{code:int}", (int code) => Results.StatusCode(code));
        await app.StartAsync();
        return app;
    }
}
