using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.SystemFiles.Tests.Running;

/// <summary>A file of the smallest system that runs: one service behind one link.</summary>
internal static class RecommendationsFile
{
    public static string Write()
    {
        var (service, link) = (FreePort(), FreePort());
        var program = Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("harness", "tests", "ChaosHarness.SystemFiles.Tests"), Path.Combine("fixtures", "Recommendations"), StringComparison.Ordinal), "Recommendations.dll");
        var path = Path.Combine(Directory.CreateTempSubdirectory("system-file-").FullName, "system.yaml");
        File.WriteAllText(path, $"""
            system: recommendations
            environment: local
            components:
              - name: recommender
                run: [dotnet, {program}, --urls, "http://127.0.0.1:{service}"]
                ready: http://127.0.0.1:{service}/health/live
              - name: users
            links:
              - name: front
                from: users
                to: recommender
                listen: 127.0.0.1:{link}
                upstream: 127.0.0.1:{service}
            probes:
              http: http://127.0.0.1:{link}/recommendations?item=tea
              every: 20ms
              timeout: 500ms
            steady-state: {"{"} for: 500ms {"}"}
            objectives: {"{"} rto: 20s {"}"}
            faults: {"{"} length: 500ms {"}"}
            """);
        return path;
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
