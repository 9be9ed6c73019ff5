using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ChaosHarness.Containers.Networks;

namespace ChaosHarness.Containers.Tests.Faults;

/// <summary>How soon after it was asked for a fault is in force: seen from outside, by the last beat that the container sends.</summary>
[Explicit("a measurement, for a machine that does nothing else")]
public sealed class InstantTests
{
    private const int Rounds = 20;

    [TestCase("pause")]
    [TestCase("kill")]
    public async Task A_fault_is_in_force_soon(string fault)
    {
        await using var network = await TestNetwork.CreateAsync(hasSubnet: false);
        var address = (await ContainerNetwork.FindAsync(EngineOfTests.Engine, network.Name)).FreeAddress();
        using var listener = new TcpListener(IPEndPoint.Parse(address));
        listener.Start();
        var (effects, answers) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            var accepted = listener.AcceptTcpClientAsync();
            await using var target = await TestContainer.StartAsync(network.Join("beating"), command: $"exec 3<>/dev/tcp/{address.Replace(':', '/')}; while :; do printf . >&3; read -t 0.001 -u 3; done");
            using var client = await accepted.WaitAsync(TimeSpan.FromSeconds(30));
            var beats = new Beats(client);
            await Task.Delay(300);
            var asked = Stopwatch.GetTimestamp();
            await target.DoAsync((engine, token) => fault == "pause" ? engine.Containers.PauseContainerAsync(target.Id, token) : engine.Containers.KillContainerAsync(target.Id, new() { Signal = "KILL" }, token));
            answers.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(100);
            effects.Add(Stopwatch.GetElapsedTime(asked, beats.Last).TotalMilliseconds);
        }

        effects.Sort();
        answers.Sort();
        await TestContext.Out.WriteLineAsync($"{fault}: in force after {effects[Rounds / 2]:0.0} ms (p50), {effects[^1]:0.0} ms at most; answered after {answers[Rounds / 2]:0.0} ms (p50), {answers[^1]:0.0} ms at most; n = {Rounds}");
        Assert.That(effects[Rounds / 2], Is.LessThan(1000));
    }

    /// <summary>When the last beat came.</summary>
    private sealed class Beats
    {
        private long _last = Stopwatch.GetTimestamp();

        public Beats(TcpClient client) => new Thread(() => Read(client.Client)) { IsBackground = true, Priority = ThreadPriority.Highest }.Start();

        public long Last => Volatile.Read(ref _last);

        private void Read(Socket socket)
        {
            var buffer = new byte[256];
            try
            {
                while (socket.Receive(buffer) > 0)
                {
                    Volatile.Write(ref _last, Stopwatch.GetTimestamp());
                }
            }
            catch (SocketException)
            {
                // It was killed.
            }
            catch (ObjectDisposedException)
            {
                // The round is over.
            }
        }
    }
}
