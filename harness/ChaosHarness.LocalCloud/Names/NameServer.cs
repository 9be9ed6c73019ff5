using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace ChaosHarness.LocalCloud.Names;

/// <summary>Answers questions of DNS on the loopback, over UDP and TCP, from one zone. It asks nobody else.</summary>
internal sealed class NameServer : IDisposable
{
    private const int LongestMessage = 65_535;
    private const int Attempts = 20;

    // Whoever connects and asks nothing keeps a socket for no longer than this.
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(10);
    private readonly NameZone _zone;
    private readonly Socket _packets;
    private readonly Socket _streams;
    private readonly CancellationTokenSource _ended = new();

    public NameServer(NameZone zone)
    {
        _zone = zone;
        (_packets, _streams) = Bind();
        _ = AnswerPacketsAsync();
        _ = AcceptAsync();
    }

    /// <summary>Where it answers, by UDP and TCP alike.</summary>
    public IPEndPoint EndPoint => (IPEndPoint)_packets.LocalEndPoint!;

    public void Dispose()
    {
        _ended.Cancel();
        _packets.Dispose();
        _streams.Dispose();
    }

    // A port that is free for the one may be taken for the other.
    private static (Socket Packets, Socket Streams) Bind()
    {
        for (var attempt = 1; ; attempt++)
        {
            var packets = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            var streams = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                packets.Bind(new IPEndPoint(IPAddress.Loopback, 0));
                streams.Bind(packets.LocalEndPoint!);
                streams.Listen();
                return (packets, streams);
            }
            catch (SocketException) when (attempt < Attempts)
            {
                packets.Dispose();
                streams.Dispose();
            }
        }
    }

    private async Task AnswerPacketsAsync()
    {
        var buffer = new byte[LongestMessage];
        var anyone = new IPEndPoint(IPAddress.Any, 0);
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var packet = await _packets.ReceiveFromAsync(buffer, SocketFlags.None, anyone, _ended.Token);
                if (DnsQuestion.Read(buffer.AsMemory(0, packet.ReceivedBytes)) is { } question)
                {
                    await _packets.SendToAsync(DnsAnswer.To(question, _zone), SocketFlags.None, packet.RemoteEndPoint, _ended.Token);
                }
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Whoever asked is gone, or the cloud ends.
            }
        }
    }

    private async Task AcceptAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                _ = AnswerStreamAsync(await _streams.AcceptAsync(_ended.Token));
            }
            catch (Exception exception) when (exception is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // As above.
            }
        }
    }

    // Each message comes after its length; any number of them, one after the other.
    private async Task AnswerStreamAsync(Socket client)
    {
        try
        {
            using var stream = new NetworkStream(client, ownsSocket: true);
            var buffer = new byte[LongestMessage];
            while (true)
            {
                using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ended.Token);
                limit.CancelAfter(Silence);
                await stream.ReadExactlyAsync(buffer.AsMemory(0, 2), limit.Token);
                var message = buffer.AsMemory(0, BinaryPrimitives.ReadUInt16BigEndian(buffer));
                await stream.ReadExactlyAsync(message, limit.Token);
                if (DnsQuestion.Read(message) is not { } question)
                {
                    return;
                }

                var answer = DnsAnswer.To(question, _zone);
                await stream.WriteAsync((byte[])[(byte)(answer.Length >> 8), (byte)answer.Length, .. answer], limit.Token);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Whoever asked is gone or silent, or the cloud ends.
        }
    }
}
