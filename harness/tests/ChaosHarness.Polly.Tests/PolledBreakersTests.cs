using System.Collections.Concurrent;
using ChaosHarness.Systems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ChaosHarness.Polly.Tests;

/// <summary>A service that reports its breakers over HTTP, and the harness that asks it.</summary>
public sealed class PolledBreakersTests
{
    private const int Patience = 10_000;
    private readonly ConcurrentQueue<Signal> _heard = new();
    private BreakerReports _reports = null!;
    private Func<string> _answer = null!;
    private WebApplication _service = null!;
    private Uri _url = null!;

    [SetUp]
    public async Task StartService()
    {
        _heard.Clear();
        _reports = new BreakerReports();
        _reports.Changed("database", "Closed");
        _answer = () => _reports.ToJson();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _service = builder.Build();
        _service.Urls.Add("http://127.0.0.1:0");
        _service.MapGet("/chaos/breakers", () => Results.Text(_answer(), "application/json"));
        await _service.StartAsync();
        _url = new Uri(_service.Urls.Single() + "/chaos/breakers");
    }

    [TearDown]
    public async Task StopService() => await _service.DisposeAsync();

    [Test]
    public void Changes_between_two_looks_all_arrive_in_their_order_with_their_counters()
    {
        using var listening = Listen();
        Assert.That(() => _heard, Has.Count.EqualTo(1).After(Patience, 5), "how it stands at first");
        _reports.CountersOf("database").Pass();
        foreach (var state in new[] { "Open", "HalfOpen", "Open", "HalfOpen", "Closed" })
        {
            _reports.CountersOf("database").Reject();
            _reports.Changed("database", state);
        }

        Assert.That(() => _heard.Select(signal => signal.Detail), Is.EqualTo(new[] { "Closed", "Open", "HalfOpen", "Open", "HalfOpen", "Closed" }).After(Patience, 5));
        var heard = _heard.ToArray();
        Assert.That(heard[1].Breaker, Is.EqualTo(new BreakerReading(BreakerState.Open, 1, 1)));
        Assert.That(heard[^1].Breaker, Is.EqualTo(new BreakerReading(BreakerState.Closed, 1, 5)));
        Assert.That(heard, Is.All.Matches<Signal>(signal => signal is { Source: "shop/database", Kind: SignalKind.Breaker }));
        Assert.That(heard.Skip(1), Is.All.Matches<Signal>(signal => signal is { NotBefore: { } notBefore, Timestamp: var now } && notBefore < now));
        Assert.That(heard[0].NotBefore, Is.Null);
    }

    [Test]
    public void A_service_that_was_started_again_is_heard_from_its_beginning()
    {
        _reports.Changed("database", "Open");
        using var listening = Listen();
        Assert.That(() => _heard, Has.Count.EqualTo(1).After(Patience, 5));
        var again = new BreakerReports();
        again.Changed("database", "Closed");
        _reports = again;

        Assert.That(() => _heard.Select(signal => signal.Detail), Is.EqualTo(new[] { "Open", "Closed" }).After(Patience, 5));
    }

    [TestCase("")]
    [TestCase("null")]
    [TestCase("{}")]
    [TestCase("""{"process":"6f9619ff-8b86-d011-b42d-00c04fc964ff","changes":null}""")]
    [TestCase("""{"process":"6f9619ff-8b86-d011-b42d-00c04fc964ff","changes":[{"number":1,"breaker":null,"state":"Open","passed":0,"rejected":0}]}""")]
    [TestCase("<html>")]
    public void What_is_no_report_says_nothing_and_the_next_report_does(string answer)
    {
        var bad = 0;
        _answer = () => Interlocked.Increment(ref bad) < 5 ? answer : _reports.ToJson();
        using var listening = Listen();

        Assert.That(() => _heard.Select(signal => signal.Detail), Is.EqualTo(new[] { "Closed" }).After(Patience, 5));
    }

    [Test]
    public void A_state_that_nobody_knows_is_passed_over()
    {
        _reports.Changed("database", "Molten");
        _reports.Changed("stock", "Open");
        using var listening = Listen();

        Assert.That(() => _heard.Select(signal => signal.Source), Is.EqualTo(new[] { "shop/stock" }).After(Patience, 5));
    }

    private IDisposable Listen() => new PolledBreakers("shop", _url) { Every = TimeSpan.FromMilliseconds(10) }.Subscribe(_heard.Enqueue);
}
