using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Polly;
using Polly.CircuitBreaker;

namespace ChaosHarness.Polly.Tests;

/// <summary>Real pipelines of Polly, on a time that the tests let pass.</summary>
public sealed class BreakerReportsTests
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(5);
    private FakeTimeProvider _time = null!;
    private BreakerReports _reports = null!;

    private static CircuitBreakerStrategyOptions Options => new() { FailureRatio = 0.5, MinimumThroughput = 2, SamplingDuration = TimeSpan.FromSeconds(10), BreakDuration = Break };

    private IReadOnlyList<(string Breaker, string State, long Passed, long Rejected)> Changes =>
        [.. JsonSerializer.Deserialize(_reports.ToJson(), BreakerJson.Default.BreakerReport)!.Changes.Select(change => (change.Breaker, change.State, change.Passed, change.Rejected))];

    [SetUp]
    public void Begin()
    {
        _time = new FakeTimeProvider();
        _reports = new BreakerReports(_time);
    }

    [Test]
    public void Every_change_is_told_in_order_with_the_calls_let_through_and_refused()
    {
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = _time }.AddCircuitBreaker(Options, _reports, "database").Build();
        pipeline.Execute(() => { });
        Fail(pipeline, 1);
        Assert.That(() => pipeline.Execute(() => { }), Throws.TypeOf<BrokenCircuitException>());
        Assert.That(() => pipeline.Execute(() => { }), Throws.TypeOf<BrokenCircuitException>());
        _time.Advance(Break);
        pipeline.Execute(() => { });

        Assert.That(Changes, Is.EqualTo(new[]
        {
            ("database", "Closed", 0L, 0L),
            ("database", "Open", 2L, 0L),
            ("database", "HalfOpen", 2L, 2L),
            ("database", "Closed", 3L, 2L),
        }));
    }

    [Test]
    public async Task Pipelines_with_results_are_told_of_too()
    {
        var options = new CircuitBreakerStrategyOptions<int> { MinimumThroughput = 2, FailureRatio = 0.5, ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Result < 0) };
        var pipeline = new ResiliencePipelineBuilder<int> { TimeProvider = _time }.AddCircuitBreaker(options, _reports, "stock").Build();
        await pipeline.ExecuteAsync(_ => ValueTask.FromResult(-1));
        await pipeline.ExecuteAsync(_ => ValueTask.FromResult(-1));

        Assert.That(Changes[^1], Is.EqualTo(("stock", "Open", 2L, 0L)));
    }

    [Test]
    public void What_the_service_does_on_a_change_is_still_done_and_its_failure_hides_no_change()
    {
        var (done, control) = (new List<string>(), new CircuitBreakerManualControl());
        var options = Options;
        options.ManualControl = control;
        options.OnOpened = _ =>
        {
            done.Add(_reports.ToJson());
            throw new InvalidOperationException("of its own");
        };
        new ResiliencePipelineBuilder { TimeProvider = _time }.AddCircuitBreaker(options, _reports, "database").Build();

        Assert.That(async () => await control.IsolateAsync(), Throws.InstanceOf<Exception>());

        Assert.That(done.Single(), Does.Contain("Isolated"), "reported first");
        Assert.That(Changes[^1].State, Is.EqualTo("Isolated"));
    }

    [Test]
    public void A_refusal_of_a_breaker_further_in_was_let_through_by_the_outer_one()
    {
        var outer = Options;
        outer.ShouldHandle = _ => ValueTask.FromResult(false);
        var pipeline = new ResiliencePipelineBuilder { TimeProvider = _time }.AddCircuitBreaker(outer, _reports, "outer").AddCircuitBreaker(Options, _reports, "inner").Build();
        Fail(pipeline, 2);
        Assert.That(() => pipeline.Execute(() => { }), Throws.TypeOf<BrokenCircuitException>());

        Assert.That((_reports.CountersOf("outer").Passed, _reports.CountersOf("outer").Rejected), Is.EqualTo((3L, 0L)));
        Assert.That((_reports.CountersOf("inner").Passed, _reports.CountersOf("inner").Rejected), Is.EqualTo((2L, 1L)));
    }

    [Test]
    public async Task No_call_is_lost_when_many_come_at_once()
    {
        var pipeline = new ResiliencePipelineBuilder().AddCircuitBreaker(Options, _reports, "database").Build();

        await Parallel.ForEachAsync(Enumerable.Range(0, 2000), async (number, halt) =>
        {
            try
            {
                await pipeline.ExecuteAsync(_ => number % 2 == 0 ? throw new InvalidOperationException() : ValueTask.CompletedTask, halt);
            }
            catch (Exception exception) when (exception is InvalidOperationException or BrokenCircuitException)
            {
                // Half of them fail.
            }
        });

        var counters = _reports.CountersOf("database");
        Assert.That(counters.Passed + counters.Rejected, Is.EqualTo(2000));
        Assert.That(counters.Rejected, Is.GreaterThan(0));
    }

    [Test]
    public void Only_the_last_changes_are_kept_and_their_numbers_go_on()
    {
        for (var change = 0; change < BreakerReports.Kept + 5; change++)
        {
            _reports.Changed("database", "Open");
        }

        var kept = JsonSerializer.Deserialize(_reports.ToJson(), BreakerJson.Default.BreakerReport)!.Changes;
        Assert.That((kept.Count, kept[0].Number, kept[^1].Number), Is.EqualTo((BreakerReports.Kept, 6L, BreakerReports.Kept + 5L)));
    }

    private static void Fail(ResiliencePipeline pipeline, int times)
    {
        for (var failure = 0; failure < times; failure++)
        {
            Assert.That(() => pipeline.Execute(() => throw new InvalidOperationException("down")), Throws.InvalidOperationException);
        }
    }
}
