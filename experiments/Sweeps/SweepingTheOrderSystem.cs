namespace Experiments.Sweeps;

/// <summary>What every system should stand, done to each part of this one: the experiments of nobody's imagination.</summary>
[AllureFeature("Sweep"), AllureSeverity(SeverityLevel.normal)]
public sealed class SweepingTheOrderSystem : OrderSystemExperiments
{
    private static readonly string[] Components = ["load-balancer", "failover", "recommendations", "orders-a", "orders-b", "orders-c", "db-a", "db-b", "db-c"];
    private static readonly string[] Zones = ["a", "b", "c"];

    /// <summary>Each component lost and hung, each zone lost, all restarted one by one: known before the system runs.</summary>
    public static IEnumerable<SweepCase> Cases =>
    [
        .. Components.Select(name => new SweepCase(SweepKind.LoseComponent, name)),
        .. Components.Select(name => new SweepCase(SweepKind.FreezeComponent, name)),
        .. Zones.Select(zone => new SweepCase(SweepKind.LoseZone, zone)),
        new SweepCase(SweepKind.RestartOneByOne, "order system"),
    ];

    [Experiment, Category("sweep")]
    public Task Order_system_stands_it(
        [ValueSource(nameof(Cases))] SweepCase what) => Shop.Swept.Experiment(what).RunAsync();
}
