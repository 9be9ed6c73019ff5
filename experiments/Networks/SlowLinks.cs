namespace Experiments.Networks;

[AllureFeature("Network"), AllureSeverity(SeverityLevel.normal)]
public sealed class SlowLinks : OrderSystemExperiments
{
    [Experiment(Rpo = "0 writes"), Category("nightly"), Category("network")]
    public Task Latency_to_the_database_grows_until_orders_are_too_slow() =>
        Hypothesis("orders stay fast with 25 ms to the database; what breaks above that breaks without losing an order, and is well again afterwards")
            .Inject(Schedule.Ramp("latency", ["10ms", "25ms", "50ms", "100ms", "200ms", "400ms"], each: "2s", latency => Shop.LinksToDatabase.Latency(latency)))
            .VerifyAtLeast("2s")
            // The ramp goes to where it breaks: a measurement that cannot fail proves nothing.
            .Expect(Borne.Steps("latency").While(Orders.SuccessRate.AtLeast("99%"), Orders.Latency.Percentile(99).AtMost("250ms")).Between("25ms", "400ms"))
            .RunAsync();

    [Experiment(Rto = "1s", Rpo = "0 writes", Availability = "99%", Latency = "p99 800ms"), Category("nightly"), Category("network"), Category("dependencies")]
    public Task Recommendations_behind_a_thin_line_do_not_make_orders_slow() =>
        Hypothesis("a time-out bounds what a line of 1 KB/s to the recommendations can do to the latency of orders")
            .Inject(Shop.LinksToRecommendations.Bandwidth(kilobytesPerSecond: 1))
            .ObserveAtLeast("5s")
            .VerifyAtLeast("4s")
            .RunAsync();
}
