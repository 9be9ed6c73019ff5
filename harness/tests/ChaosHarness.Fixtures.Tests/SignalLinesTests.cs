using ChaosHarness.Fixtures.OrderSystems;
using ChaosHarness.Systems;

namespace ChaosHarness.Fixtures.Tests;

public sealed class SignalLinesTests
{
    private readonly List<Signal> _heard = [];
    private SignalLines _lines = new(TimeProvider.System);

    [SetUp]
    public void Begin()
    {
        _heard.Clear();
        _lines = new SignalLines(TimeProvider.System);
    }

    [Test]
    public void A_breaker_line_becomes_a_signal_with_its_counters()
    {
        using var listening = _lines.Subscribe(_heard.Add);
        _lines.ReadJson("""{"timestamp":42,"source":"orders-a/database","kind":"breaker","state":"HalfOpen","passed":7,"rejected":9}""");

        Assert.That(_heard.Single(), Is.EqualTo(new Signal(42, "orders-a/database", SignalKind.Breaker, "HalfOpen") { Breaker = new BreakerReading(BreakerState.HalfOpen, 7, 9) }));
    }

    [Test]
    public void A_late_listener_is_told_the_last_state_of_each_breaker()
    {
        var lines = new SignalLines(TimeProvider.System);
        lines.ReadJson("""{"timestamp":1,"source":"b","kind":"breaker","state":"Closed","passed":1,"rejected":0}""");
        lines.ReadJson("""{"timestamp":2,"source":"b","kind":"breaker","state":"Open","passed":5,"rejected":3}""");
        using var listening = lines.Subscribe(_heard.Add);

        Assert.That(_heard.Single().Breaker, Is.EqualTo(new BreakerReading(BreakerState.Open, 5, 3)));
        Assert.That(_heard.Single().Timestamp, Is.GreaterThan(2));
    }

    [TestCase("[WARNING]  (12) : Server servers/orders-b is DOWN, reason: Layer4 connection problem, info: \"refused\", check duration: 0ms. 2 active left.", SignalKind.Detected, "DOWN: Layer4 connection problem")]
    [TestCase("[WARNING]  (12) : Server servers/orders-b is UP, reason: Layer7 check passed, code: 200.", SignalKind.Recovered, "UP: Layer7 check passed")]
    public void Haproxy_reports_health_in_words(string line, SignalKind kind, string detail)
    {
        using var listening = _lines.Subscribe(_heard.Add);
        _lines.ReadHaproxy(line);

        Assert.That(_heard.Single(), Is.EqualTo(new Signal(_heard[0].Timestamp, "load balancer: orders-b", kind, detail)));
    }

    [TestCase("")]
    [TestCase("{")]
    [TestCase("{}")]
    [TestCase("{\"timestamp\":\"x\"}")]
    [TestCase("warn: something else")]
    public void Anything_else_is_passed_over(string line)
    {
        using var listening = _lines.Subscribe(_heard.Add);
        _lines.ReadJson(line);
        _lines.ReadHaproxy(line);

        Assert.That(_heard, Is.Empty);
    }

    [Test]
    public void Who_stops_listening_hears_no_more()
    {
        _lines.Subscribe(_heard.Add).Dispose();
        _lines.ReadHaproxy("Server servers/x is UP, reason: y");

        Assert.That(_heard, Is.Empty);
    }
}
