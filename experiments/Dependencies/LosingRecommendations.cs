namespace Experiments.Dependencies;

[AllureFeature("Recommendations"), AllureSeverity(SeverityLevel.normal)]
public sealed class LosingRecommendations : OrderSystemExperiments
{
    private static readonly string[] Breakers = ["orders-a/recommendations", "orders-b/recommendations", "orders-c/recommendations"];

    [Experiment(Rto = "1s", Rpo = "0 writes", Availability = "99.5%"), Category("nightly"), Category("dependencies")]
    public async Task Orders_go_on_without_recommendations_and_the_breakers_keep_the_load_off(CancellationToken halt)
    {
        var result = await Hypothesis("orders do not need recommendations: a breaker opens, the fallback is served, and it closes when they are back")
            .Inject(Shop.Recommendations.Crash())
            .ObserveAtLeast("5s")
            .VerifyAtLeast("4s")
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.Available(0.995));
        AssertBreakers(result);
    }

    [Experiment(Rto = "1s", Rpo = "0 writes", Availability = "99.5%"), Category("nightly"), Category("dependencies")]
    public async Task Slow_recommendations_do_not_make_orders_slow(CancellationToken halt)
    {
        var result = await Hypothesis("a time-out bounds what slow recommendations can do to the latency of orders")
            .Inject(Shop.SlowRecommendations(TimeSpan.FromSeconds(2)))
            .ObserveAtLeast("5s")
            .VerifyAtLeast("4s")
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.Available(0.995));
        Assert.That(result.Measurements.LatencyDuring!.P99, Is.LessThan(TimeSpan.FromMilliseconds(800)));
        AssertBreakers(result);
    }

    private static void AssertBreakers(ChaosHarness.Experiments.RunRecord result)
    {
        foreach (var breaker in Breakers.Select(Breaker.Named))
        {
            Assert.That(result, breaker.OpenedWithin("3s"));
            Assert.That(result, breaker.KeptOff(100));
            Assert.That(result, breaker.LetThroughAtMost(30));
            Assert.That(result, breaker.ClosedWithin("4s"));
            Assert.That(result, breaker.OpenedAndClosedAgain());
        }
    }
}
