using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.Benchmarks.Proxies;

/// <summary>A server that sends everything back, in a process of its own: ten thousand connections need a table of files for each side.</summary>
internal sealed class EchoProcess : IDisposable
{
    /// <summary>The argument that makes this program the server.</summary>
    public const string Argument = "--serve-echo";

    private readonly Process _process;

    public EchoProcess()
    {
        var plan = new ProcessStartInfo(Environment.ProcessPath!, [Argument]) { RedirectStandardOutput = true, RedirectStandardInput = true };
        plan.Environment["DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS"] = "1";
        _process = Process.Start(plan)!;
        Port = int.Parse(_process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    /// <summary>Serves until the standard input ends.</summary>
    public static async Task ServeAsync()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(4096);
        Console.WriteLine(((IPEndPoint)listener.LocalEndPoint!).Port);
        _ = AcceptAsync(listener);
        await Console.In.ReadToEndAsync();
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            var client = await listener.AcceptAsync();
            client.NoDelay = true;
            _ = EchoAsync(client);
        }
    }

    private static async Task EchoAsync(Socket client)
    {
        using (client)
        {
            try
            {
                var buffer = new byte[8192];
                while (await client.ReceiveAsync(buffer) is var count and > 0)
                {
                    await client.SendAsync(buffer.AsMemory(0, count));
                }
            }
            catch (SocketException)
            {
                // The client is gone.
            }
        }
    }
}
