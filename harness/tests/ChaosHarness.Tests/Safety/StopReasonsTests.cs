using System.Net;
using System.Net.Sockets;
using System.Text;
using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Recovery;
using ChaosHarness.Experiments;
using ChaosHarness.Safety;
using ChaosHarness.Tests.Experiments;

namespace ChaosHarness.Tests.Safety;

/// <summary>What ends a run early, each against a system that is known to be that bad.</summary>
public sealed class StopReasonsTests
{
    private FakeSystem _shop = null!;

    private static TestCaseData[] Mistaken =>
    [
        new TestCaseData(StopCondition.ErrorBudget("orders", 0), "an error budget is a number of requests from 1, not 0."),
        new TestCaseData(StopCondition.Cost(0, 5), "a cost is more than 0"),
        new TestCaseData(StopCondition.Cost(5, -1), "a cost is more than 0"),
        new TestCaseData(StopCondition.HttpStatus("payments/health"), "'payments/health' is no address of http or https"),
        new TestCaseData(StopCondition.Prometheus("ftp://x", "up", 1), "'ftp://x' is no address of http or https"),
        new TestCaseData(StopCondition.Prometheus("http://x", " ", 1), "Prometheus needs a query"),
        new TestCaseData(StopCondition.Prometheus("http://x", "up", double.NaN), "Prometheus needs a query and a bound"),
        new TestCaseData(StopCondition.Above(new RecoveryChecker(), _ => 1, double.NaN), "a bound has to be a number"),
        new TestCaseData(StopCondition.Above(new RecoveryChecker(), _ => 1, 1, "5 parsecs"), "'5 parsecs' is not a duration"),
    ];

    [SetUp]
    public void OpenShop() => _shop = new FakeSystem();

    [TearDown]
    public void CloseShop() => _shop.Dispose();

    [Test]
    public async Task An_error_budget_that_is_burnt_halts()
    {
        var result = await _shop.RunAsync(_shop.Experiment.StopWhen(StopCondition.ErrorBudget("orders", 50)));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted));
        Assert.That(result.Reason, Does.Match("^[0-9]+ requests of orders were not answered well, and the error budget of this run is 50$"));
        // 100 a second, and a look every 250 ms.
        Assert.That(int.Parse(result.Reason!.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture), Is.InRange(50, 80));
        Assert.That(_shop.IsDown, Is.False);
    }

    [Test]
    public async Task One_that_is_not_burnt_is_a_figure_of_how_near_it_came()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);

        var result = await _shop.RunAsync(_shop.Experiment.StopWhen(StopCondition.ErrorBudget("orders", 400)));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
        Assert.That(result.Find(FigureNames.StopConditionUsed, "error budget of orders")!.Figure.Upper, Is.EqualTo(100 / 400.0).Within(0.01));
    }

    [Test]
    public async Task An_outage_that_costs_too_much_halts()
    {
        var result = await _shop.RunAsync(_shop.Experiment.StopWhen(StopCondition.Cost(perMinute: 60, most: 1.5m)));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted), result.Reason);
        Assert.That(result.Reason, Does.Match(@"^the outage has cost 1\.[5-9][0-9]? at 60 a minute, and 1\.5 is the most$"));
    }

    [Test]
    public async Task An_outage_that_is_over_costs_nothing_more()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);

        var result = await _shop.RunAsync(_shop.Experiment.ObserveAtLeast("4s").StopWhen(StopCondition.Cost(perMinute: 60, most: 1.5m)));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Passed), result.Reason);
    }

    [TestCase("0s", 1, 1.6)]
    [TestCase("2s", 3, 3.6)]
    public async Task What_a_checker_measures_halts_when_it_is_above_its_bound_for_that_long(string lasting, double from, double to)
    {
        var outage = StopCondition.Above(new RecoveryChecker(), finding => finding.Actual.Lower.TotalSeconds, 1, lasting);

        var result = await _shop.RunAsync(_shop.Experiment.StopWhen(outage));

        Assert.That(result.Outcome, Is.EqualTo(Outcome.Halted), result.Reason);
        Assert.That((result.Phases.Single(phase => phase.Name == PhaseName.Observe).Window.End - result.Injection!.Value.Start).TotalSeconds, Is.InRange(from, to));
    }

    [Test]
    public async Task A_teams_own_says_how_far_it_is()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);
        var queue = StopCondition.Watching(_ => ValueTask.FromResult(new StopReading(Value: 30, Limit: 40)), "length of the queue");

        var result = await _shop.RunAsync(_shop.Experiment.StopWhen(queue));

        Assert.That(result.Find(FigureNames.StopConditionUsed, "length of the queue")!.Figure.Upper, Is.EqualTo(0.75));
    }

    [Test]
    public async Task A_secret_in_the_name_of_a_condition_is_in_no_record_and_of_two_of_one_name_the_nearer_counts()
    {
        _shop.HealsAfter = TimeSpan.FromSeconds(1);
        StopCondition Queue(double length) => StopCondition.Watching(_ => ValueTask.FromResult(new StopReading(Value: length, Limit: 40)), "http://ann:hunter22@queue/?api_key=0123456789abcdef");

        var result = await _shop.RunAsync(_shop.Experiment.StopWhen(Queue(10), Queue(20)));
        var figure = result.Figures.Single(figure => figure.Figure.Name == FigureNames.StopConditionUsed).Figure;

        Assert.That(figure.Subject, Does.Contain("queue").And.Not.Contain("hunter22").And.Not.Contain("0123456789abcdef"));
        Assert.That(figure.Upper, Is.EqualTo(0.5));
    }

    [TestCaseSource(nameof(Mistaken))]
    public void What_is_written_wrongly_is_told_before_anything_runs(StopCondition condition, string mistake) =>
        Assert.That(() => _shop.Experiment.StopWhen(condition).Build(), Throws.TypeOf<InvalidExperimentException>().With.Message.Contains(mistake));

    [TestCase("HTTP/1.1 200 OK", new int[0], null)]
    [TestCase("HTTP/1.1 302 Found\r\nLocation: /x", new int[0], "answered 302, wanted 200 to 299")]
    [TestCase("HTTP/1.1 503 Service Unavailable", new int[0], "answered 503, wanted 200 to 299")]
    [TestCase("HTTP/1.1 401 Unauthorized", new[] { 200, 401 }, null)]
    [TestCase("HTTP/1.1 200 OK", new[] { 204, 401 }, "answered 200, wanted 204 or 401")]
    public async Task Another_system_that_answers_otherwise_halts(string head, int[] expected, string? reason)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, head, "");
        var address = $"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/health";

        var reading = await StopCondition.HttpStatus(address, expected).ReadAsync(null!, CancellationToken.None);
        await answering;

        Assert.That(reading.Why, reason is null ? Is.Null : Is.EqualTo($"{address} {reason}"));
    }

    [Test]
    public void Another_system_that_does_not_answer_cannot_be_evaluated()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var port = ((IPEndPoint)server.LocalEndpoint).Port;
        server.Stop();

        Assert.That(async () => await StopCondition.HttpStatus($"http://127.0.0.1:{port}/").ReadAsync(null!, CancellationToken.None), Throws.TypeOf<HttpRequestException>());
    }

    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"0.5"]},{"metric":{"a":"b"},"value":[1,"7.5"]}]}}""", 7.5)]
    [TestCase("""{"status":"success","data":{"resultType":"scalar","result":[1,"3"]}}""", 3d)]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"+Inf"]}]}}""", double.PositiveInfinity)]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]},{"metric":{},"value":[1,"2"]}]}}""", 2d)]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[]}}""", null)]
    [TestCase("""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"NaN"]}]}}""", null)]
    [TestCase("""{"status":"success","data":{"resultType":"matrix","result":[{"metric":{},"values":[[1,"1"]]}]}}""", null)]
    [TestCase("""{"status":"error","errorType":"bad_data","error":"parse error"}""", null)]
    [TestCase("""{"data":[]}""", null)]
    [TestCase("[]", null)]
    [TestCase("<html>", null)]
    [TestCase("", null)]
    public void A_query_has_the_largest_of_its_values_or_none(string json, double? value) => Assert.That(StopOnPrometheus.Largest(json), Is.EqualTo(value));

    [TestCase("5", null)]
    [TestCase("5.5", "'sum(errors{code=~\"5..\"})' is 5.5, more than 5")]
    public async Task A_query_above_its_bound_halts(string value, string? reason)
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, "HTTP/1.1 200 OK", $$$"""{"status":"success","data":{"resultType":"vector","result":[{"metric":{},"value":[1,"{{{value}}}"]}]}}""");

        var reading = await StopCondition.Prometheus($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}/prometheus/", "sum(errors{code=~\"5..\"})", 5).ReadAsync(null!, CancellationToken.None);

        Assert.That(reading.Why, Is.EqualTo(reason));
        Assert.That(reading.Limit, Is.EqualTo(5));
        Assert.That(await answering, Does.StartWith("GET /prometheus/api/v1/query?query=sum%28errors%7Bcode%3D~%225..%22%7D%29 HTTP/1.1"));
    }

    [Test]
    public async Task A_query_without_a_value_cannot_be_evaluated_and_says_what_the_server_said()
    {
        using var server = new TcpListener(IPAddress.Loopback, 0);
        server.Start();
        var answering = AnswerAsync(server, "HTTP/1.1 400 Bad Request", """{"status":"error","error":"parse error at char 1"}""");
        var condition = StopCondition.Prometheus($"http://127.0.0.1:{((IPEndPoint)server.LocalEndpoint).Port}", "sum(", 5);

        Assert.That(async () => await condition.ReadAsync(null!, CancellationToken.None), Throws.InvalidOperationException.With.Message.Contains("has no value of 'sum(' (HTTP 400: parse error at char 1)"));
        await answering;
    }

    [TestCase("why", 1d, 5d, 1d)]
    [TestCase(null, 1d, 4d, 0.25)]
    [TestCase(null, 9d, 4d, 1d)]
    [TestCase(null, -1d, 4d, 0d)]
    [TestCase(null, 0d, 0d, 0d)]
    [TestCase(null, 0.1, 0d, 1d)]
    [TestCase(null, double.NaN, 4d, null)]
    [TestCase(null, null, 4d, null)]
    [TestCase(null, 1d, null, null)]
    public void How_much_of_the_way_is_used_up_is_a_share(string? why, double? value, double? limit, double? used) => Assert.That(new StopReading(why, value, limit).Used, Is.EqualTo(used));

    private static async Task<string> AnswerAsync(TcpListener server, string head, string body)
    {
        using var client = await server.AcceptTcpClientAsync();
        await using var stream = client.GetStream();
        var request = new byte[4096];
        var read = await stream.ReadAsync(request);
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        return Encoding.ASCII.GetString(request, 0, read);
    }
}
