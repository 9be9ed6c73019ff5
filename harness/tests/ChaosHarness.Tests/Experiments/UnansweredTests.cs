using System.Net;
using System.Net.Sockets;
using ChaosHarness.Experiments;
using ChaosHarness.Faults;
using ChaosHarness.Probes;
using ChaosHarness.SteadyState;
using ChaosHarness.Systems;
using ChaosHarness.Workloads;

namespace ChaosHarness.Tests.Experiments;

/// <summary>What a person is told who forgot to start the system, or mistyped its address.</summary>
public sealed class UnansweredTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("unanswered-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Where_nobody_listens_the_address_is_told_without_its_secrets_and_one_number_is_enough()
    {
        var port = FreePort();

        var reason = await ReasonAsync(new HttpProbe("page", $"http://ann:hunter2@127.0.0.1:{port}/orders?key=hunter2"));

        Assert.That(reason, Does.EndWith($"; nothing answers at http://127.0.0.1:{port}/orders: is it started, and is the address right?").And.Not.Contain("hunter2"));
        Assert.That(reason, Does.Match(@"but was 0% \(0 of (\d+)\) \(\1 of \1: ConnectionRefused\)"), "both count the same requests");
    }

    [Test]
    public async Task So_it_is_for_a_port()
    {
        var port = FreePort();

        Assert.That(await ReasonAsync(new TcpProbe("page", "127.0.0.1", port)), Does.Contain($"nothing answers at 127.0.0.1:{port}:"));
    }

    [Test]
    public async Task An_address_that_is_another_ones_is_told_too()
    {
        using var server = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        server.Prefixes.Add(address);
        server.Start();
        _ = AnswerAsync(server, 404);

        Assert.That(await ReasonAsync(new HttpProbe("page", address)), Does.EndWith($"; {address} refuses every request: is the address right?"));
    }

    [Test]
    public async Task Of_what_answers_with_a_fault_of_its_own_nothing_is_guessed()
    {
        using var server = new HttpListener();
        var address = $"http://127.0.0.1:{FreePort()}/";
        server.Prefixes.Add(address);
        server.Start();
        _ = AnswerAsync(server, 500);

        Assert.That(await ReasonAsync(new HttpProbe("page", address)), Does.Contain("HTTP 500").And.Not.Contain(address));
    }

    [Test]
    public void A_workload_knows_where_it_writes() =>
        Assert.That(new HttpWorkload("orders", 10, "http://shop/orders").ToWorkload().TimeoutAfter("1s").Address, Is.EqualTo("http://shop/orders"));

    private async Task<string?> ReasonAsync(Probe probe)
    {
        var options = new RunnerOptions { FaultJournalFolder = Path.Combine(_folder, "faults"), Watchdog = false };
        var result = await new ExperimentRunner(options).RunAsync(Experiment.Hypothesis("it holds")
            .On(new SystemUnderTest("shop") { Environment = "local", Reach = SystemReach.Owned, Instance = _folder })
            .Probe(probe.Every("10ms"))
            .SteadyState(new SuccessRate("page").AtLeast("99%"))
            .SteadyFor("200ms")
            .Inject(Fault.Delegate("touch it", "shop", _ => ValueTask.CompletedTask, _ => ValueTask.CompletedTask)));
        Assert.That(result.Outcome, Is.EqualTo(Outcome.Inconclusive), result.Reason);
        return result.Reason;
    }

    private static async Task AnswerAsync(HttpListener server, int status)
    {
        while (server.IsListening)
        {
            var request = await server.GetContextAsync();
            request.Response.StatusCode = status;
            request.Response.Close();
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
