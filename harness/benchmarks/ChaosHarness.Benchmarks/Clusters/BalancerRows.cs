using ChaosHarness.Faults.Processes;
using ChaosHarness.Fixtures.Clusters;
using ChaosHarness.Fixtures.Nginx;
using ChaosHarness.Schedules;

namespace ChaosHarness.Benchmarks.Clusters;

/// <summary>nginx beside HAProxy: what is sent again, and what that does to requests that are not to be done twice.</summary>
internal static class BalancerRows
{
    private static readonly BalancerOptions[] Options =
    [
        new(),
        new() { NextUpstream = "off" },
        new() { NextUpstream = "error timeout non_idempotent" },
        new() { HaproxySendsAgain = false },
        new() { HaproxySendsAgain = true },
    ];

    private static readonly ClusterFault[] Faults =
    [
        new("instance killed for 4s", (_, instance) => ((Schedule)instance.Crash()).For("4s")),
        new("instance frozen for 5s", (_, instance) => ((Schedule)instance.Freeze()).For("5s")),
    ];

    public static IReadOnlyList<ClusterRow> All() => [.. Faults.SelectMany(fault => Options.Select(options =>
        new ClusterRow("HTTP service", options.ToString(), async token => await BalancedService.StartAsync(options, token), fault)))];
}
