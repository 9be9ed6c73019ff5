using System.Diagnostics;
using System.Globalization;
using System.Text;
using ChaosHarness.Toxiproxy.Server.Proxies;
using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Api;

/// <summary>The counters in the text format of Prometheus. They are live: open connections count as they go.</summary>
internal static class Metrics
{
    /// <summary>The content type of the format.</summary>
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    public static string Of(IEnumerable<Proxy> proxies, bool ofProxies, bool ofRuntime)
    {
        var text = new StringBuilder();
        if (ofProxies)
        {
            OfProxies(text, [.. proxies]);
        }

        if (ofRuntime)
        {
            OfRuntime(text);
        }

        return text.ToString();
    }

    private static void OfProxies(StringBuilder text, Proxy[] proxies)
    {
        Head(text, "toxiproxy_proxy_received_bytes_total", "counter", "The total number of bytes received on a given proxy link in a given direction");
        foreach (var (labels, traffic) in Links(proxies))
        {
            Sample(text, "toxiproxy_proxy_received_bytes_total" + labels, traffic.Received);
        }

        Head(text, "toxiproxy_proxy_sent_bytes_total", "counter", "The total number of bytes sent on a given proxy link in a given direction");
        foreach (var (labels, traffic) in Links(proxies))
        {
            Sample(text, "toxiproxy_proxy_sent_bytes_total" + labels, traffic.Sent);
        }
    }

    private static IEnumerable<(string Labels, TrafficCounters Traffic)> Links(Proxy[] proxies) =>
        from proxy in proxies
        from direction in Enum.GetValues<Direction>()
        let definition = proxy.Definition
        select ($"{{direction=\"{direction.ToString().ToLowerInvariant()}\",listener=\"{Escape(definition.Listen)}\","
            + $"proxy=\"{Escape(proxy.Name)}\",upstream=\"{Escape(definition.Upstream)}\"}}", proxy.Traffic(direction));

    private static void OfRuntime(StringBuilder text)
    {
        using var process = Process.GetCurrentProcess();
        Head(text, "process_cpu_seconds_total", "counter", "Total user and system CPU time spent in seconds.");
        Sample(text, "process_cpu_seconds_total", process.TotalProcessorTime.TotalSeconds);
        Head(text, "process_resident_memory_bytes", "gauge", "Resident memory size in bytes.");
        Sample(text, "process_resident_memory_bytes", process.WorkingSet64);
        Head(text, "dotnet_gc_heap_bytes", "gauge", "Bytes in the managed heap.");
        Sample(text, "dotnet_gc_heap_bytes", GC.GetTotalMemory(false));
        Head(text, "dotnet_threadpool_threads", "gauge", "Threads in the pool.");
        Sample(text, "dotnet_threadpool_threads", ThreadPool.ThreadCount);
    }

    private static void Head(StringBuilder text, string name, string type, string help) =>
        text.Append(CultureInfo.InvariantCulture, $"# HELP {name} {help}\n# TYPE {name} {type}\n");

    private static void Sample(StringBuilder text, string name, double value) => text.Append(CultureInfo.InvariantCulture, $"{name} {value:R}\n");

    private static string Escape(string label) =>
        label.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
}
