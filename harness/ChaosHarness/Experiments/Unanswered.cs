using System.Net.Sockets;
using ChaosHarness.Checkers.Answers;
using ChaosHarness.Histories;
using ChaosHarness.Timing;

namespace ChaosHarness.Experiments;

/// <summary>What to look at first where nothing at all was good: more often than not a system that is not started, or an address that is not its.</summary>
internal static class Unanswered
{
    private static readonly string[] NobodyIsThere =
    [
        nameof(SocketError.ConnectionRefused), nameof(SocketError.HostNotFound), nameof(SocketError.TryAgain), nameof(SocketError.NoData), nameof(SocketError.HostUnreachable), nameof(SocketError.NetworkUnreachable),
    ];

    /// <summary>The words, to be added to others; empty where something was good, or nobody knows the address.</summary>
    public static string Of(Experiment experiment, History history, TimeWindow window)
    {
        var addresses = experiment.Probes.Select(probe => (probe.Name, probe.Address)).Concat(experiment.Workloads.Select(workload => (workload.Name, workload.Address))).Where(source => source.Address is not null).ToList();
        var words = addresses.Select(source => (source.Address, Operations: history.Find(source.Name))).Select(source => source.Operations is { } operations ? Of(source.Address!, operations, window) : null).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        return words.Count == 0 ? "" : "; " + string.Join("; ", words);
    }

    private static string? Of(string address, Operations operations, TimeWindow window)
    {
        var share = operations.ShareOf(window);
        var details = operations.Details(window);
        return share.Due == 0 || share.Good > 0 || details.Count == 0 ? null
            : details.All(seen => NobodyIsThere.Contains(seen.Detail, StringComparer.Ordinal)) ? $"nothing answers at {address}: is it started, and is the address right?"
            : details.All(seen => seen.Detail.StartsWith("HTTP 4", StringComparison.Ordinal)) ? $"{address} refuses every request: is the address right?"
            : null;
    }
}
