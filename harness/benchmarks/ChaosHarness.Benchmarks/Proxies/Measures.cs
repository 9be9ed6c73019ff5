using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>One measure of one way each.</summary>
internal static partial class Measures
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(1);

    /// <summary>Bytes a second through one connection, and processor seconds of the proxy for each 10^9 bytes.</summary>
    public static (double BytesPerSecond, double CpuPerGigabyte) Bulk(Contender way, Servers servers)
    {
        using var socket = Connect(way.Sink);
        var buffer = new byte[256 * 1024];
        Send(TimeSpan.FromMilliseconds(200));
        var (bytes, cpu) = (servers.BytesRead, Cpu());
        var elapsed = Send(Length);
        var moved = servers.BytesRead - bytes;
        return (moved / elapsed.TotalSeconds, (Cpu() - cpu) / (moved / 1e9));

        double Cpu() => way.ProcessId is { } process ? ProcessCost.CpuSeconds(process) : 0;

        TimeSpan Send(TimeSpan length)
        {
            var start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < length)
            {
                socket.Send(buffer);
            }

            return Stopwatch.GetElapsedTime(start);
        }
    }

    /// <summary>Round trips of 64 bytes, one after the other: their times in microseconds, sorted.</summary>
    public static double[] RoundTrips(Contender way)
    {
        using var socket = Connect(way.Echo);
        var buffer = new byte[64];
        var times = new List<double>(200_000);
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Length)
        {
            var sent = Stopwatch.GetTimestamp();
            socket.Send(buffer);
            for (var count = 0; count < buffer.Length;)
            {
                count += socket.Receive(buffer.AsSpan(count));
            }

            times.Add(Stopwatch.GetElapsedTime(sent).TotalMicroseconds);
        }

        return [.. times.Skip(times.Count / 10).Order()];
    }

    /// <summary>Requests a second of 100 connections that are kept alive.</summary>
    public static double Requests(Contender way)
    {
        var plan = new ProcessStartInfo("wrk", ["-t1", "-c100", $"-d{Length.TotalSeconds:0}s", $"http://127.0.0.1:{way.Web}/"]) { RedirectStandardOutput = true };
        using var wrk = Process.Start(plan)!;
        var output = wrk.StandardOutput.ReadToEnd();
        wrk.WaitForExit();
        return double.Parse(RequestsPerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
    }

    /// <summary>Kilobytes of the proxy's memory for each connection that is open and has carried a byte.</summary>
    public static double KilobytesPerConnection(Contender way, int connections)
    {
        var process = way.ProcessId!.Value;
        var before = ProcessCost.ResidentKilobytes(process);
        var sockets = Open(way, connections);
        var after = ProcessCost.ResidentKilobytes(process);
        sockets.ForEach(socket => socket.Dispose());
        return (after - before) / connections;
    }

    /// <summary>How long it takes to open connections and get one byte through each, in milliseconds.</summary>
    public static double Opening(Contender way, int connections)
    {
        var start = Stopwatch.GetTimestamp();
        var sockets = Open(way, connections);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        sockets.ForEach(socket => socket.Dispose());
        return elapsed;
    }

    public static Socket Connect(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }

    private static List<Socket> Open(Contender way, int connections)
    {
        var one = new byte[1];
        var sockets = new List<Socket>();
        for (var count = 0; count < connections; count++)
        {
            var socket = Connect(way.Echo);
            socket.Send(one);
            sockets.Add(socket);
        }

        foreach (var socket in sockets)
        {
            socket.Receive(one);
        }

        return sockets;
    }

    [GeneratedRegex(@"Requests/sec:\s*([\d.]+)")]
    private static partial Regex RequestsPerSecond();
}
