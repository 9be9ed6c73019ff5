namespace Experiments.Dependencies;

[AllureFeature("Recommendations"), AllureSeverity(SeverityLevel.normal)]
public sealed class LosingRecommendations : OrderSystemExperiments
{
    private static readonly Expectation[] Breakers =
    [
        .. new[] { "orders-a", "orders-b", "orders-c" }.Select(instance => Breaker.Named(instance + "/recommendations")).SelectMany(breaker => new[]
        {
            breaker.OpenedWithin("3s"),
            breaker.KeptOff(100),
            breaker.LetThroughAtMost(30),
            breaker.ClosedWithin("4s"),
            breaker.OpenedAndClosedAgain(),
        }),
    ];

    [Experiment(Rto = "1s", Rpo = "0 writes", Availability = "99.5%"), Category("nightly"), Category("dependencies")]
    public Task Orders_go_on_without_recommendations_and_the_breakers_keep_the_load_off() =>
        Hypothesis("orders do not need recommendations: a breaker opens, the fallback is served, and it closes when they are back")
            .Inject(Shop.Recommendations.Crash())
            .ObserveAtLeast("5s")
            .VerifyAtLeast("4s")
            .Expect(Breakers)
            .RunAsync();

    [Experiment(Rto = "1s", Rpo = "0 writes", Availability = "99.5%", Latency = "p99 800ms"), Category("nightly"), Category("dependencies")]
    public Task Slow_recommendations_do_not_make_orders_slow() =>
        Hypothesis("a time-out bounds what slow recommendations can do to the latency of orders")
            .Inject(Shop.SlowRecommendations(TimeSpan.FromSeconds(2)))
            .ObserveAtLeast("5s")
            .VerifyAtLeast("4s")
            .Expect(Breakers)
            .RunAsync();
}
