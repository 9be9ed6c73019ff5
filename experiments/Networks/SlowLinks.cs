using ChaosHarness.Measurement;

namespace Experiments.Networks;

[AllureFeature("Network"), AllureSeverity(SeverityLevel.normal)]
public sealed class SlowLinks : OrderSystemExperiments
{
    private static readonly string[] Ramp = ["10ms", "25ms", "50ms", "100ms", "200ms", "400ms"];
    private static readonly TimeSpan Slow = TimeSpan.FromMilliseconds(250);

    [Experiment(Rpo = "0 writes"), Category("nightly"), Category("network")]
    public async Task Latency_to_the_database_grows_until_orders_are_too_slow(CancellationToken halt)
    {
        var result = await Hypothesis("orders stay fast with 25 ms to the database, whatever breaks above that breaks without losing an order, and is well again afterwards")
            .Inject(Schedule.InSequence([.. Ramp.Select(latency => DelayDatabase(latency).For("2s"))]))
            .VerifyAtLeast("2s")
            .RunAsync(halt);

        Assert.That(result, Lost.AtMost(Rpo));
        var tolerated = result.Measurements.Impacts.Chunk(Shop.Services.Count).TakeWhile(step => step.All(IsFast)).Count();
        await TestContext.Out.WriteLineAsync($"Tolerated latency to the database: {(tolerated == 0 ? "none" : Ramp[tolerated - 1])}");
        Assert.That(tolerated, Is.GreaterThan(Array.IndexOf(Ramp, "25ms")), "25 ms are tolerated");
        Assert.That(tolerated, Is.LessThan(Ramp.Length), "the ramp goes to where it breaks: a measurement that cannot fail proves nothing");
    }

    [Experiment(Rto = "1s", Rpo = "0 writes", Availability = "99%"), Category("nightly"), Category("network"), Category("dependencies")]
    public async Task Recommendations_behind_a_thin_line_do_not_make_orders_slow(CancellationToken halt)
    {
        var result = await Hypothesis("a time-out bounds what a line of 1 KB/s to the recommendations can do to the latency of orders")
            .Inject(Schedule.InParallel([.. Shop.Services.Select(instance => Shop.Links.ToRecommendations(instance).Bandwidth(kilobytesPerSecond: 1))]))
            .ObserveAtLeast("5s")
            .VerifyAtLeast("4s")
            .RunAsync(halt);

        Assert.That(result, Recovered.Within(Rto).And.Lost(Rpo).And.Available(0.99));
        Assert.That(result.Measurements.LatencyDuring!.P99, Is.LessThan(TimeSpan.FromMilliseconds(800)));
    }

    private Schedule DelayDatabase(string latency) => Schedule.InParallel([.. Shop.Services.Select(instance => Shop.Links.ToDatabase(instance).Latency(latency))]);

    private static bool IsFast(FaultImpact impact) => impact.IsWithin(availability: 0.99, p99: Slow);
}
