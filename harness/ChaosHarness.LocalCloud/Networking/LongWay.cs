using System.Net.Sockets;
using System.Threading.Channels;

namespace ChaosHarness.LocalCloud.Networking;

/// <summary>A way between regions: what is sent arrives a while later, in order and as fast as it was sent, and what is under way when its region is lost is lost too.</summary>
/// <param name="delay">How long it takes.</param>
/// <param name="isLost">Whether the region that it comes from is lost.</param>
/// <param name="time">Where time comes from.</param>
internal sealed class LongWay(TimeSpan delay, Func<bool> isLost, TimeProvider time)
{
    private const int ChunksUnderWay = 4096;
    private const int LargestChunk = 32 * 1024;

    /// <summary>Carries everything until the source ends.</summary>
    /// <exception cref="SocketException">An end is gone, or the region is lost.</exception>
    public async Task CarryAsync(Socket source, Socket target, CancellationToken cancellationToken)
    {
        var underWay = Channel.CreateBounded<(long Due, byte[] Chunk)>(new BoundedChannelOptions(ChunksUnderWay) { SingleReader = true, SingleWriter = true });
        var arriving = ArriveAsync(underWay.Reader, target, cancellationToken);
        try
        {
            var buffer = new byte[LargestChunk];
            while (await source.ReceiveAsync(buffer, SocketFlags.None, cancellationToken) is var count and > 0)
            {
                await underWay.Writer.WriteAsync((time.GetTimestamp() + (long)(delay.TotalSeconds * time.TimestampFrequency), buffer[..count]), cancellationToken);
            }
        }
        finally
        {
            underWay.Writer.Complete();
        }

        await arriving;
    }

    private async Task ArriveAsync(ChannelReader<(long Due, byte[] Chunk)> underWay, Socket target, CancellationToken cancellationToken)
    {
        await foreach (var (due, chunk) in underWay.ReadAllAsync(cancellationToken))
        {
            if (time.GetElapsedTime(time.GetTimestamp(), due) is var left && left > TimeSpan.Zero)
            {
                await Task.Delay(left, time, cancellationToken);
            }

            if (isLost())
            {
                throw new SocketException((int)SocketError.HostUnreachable);
            }

            for (var sent = 0; sent < chunk.Length;)
            {
                sent += await target.SendAsync(chunk.AsMemory(sent), SocketFlags.None, cancellationToken);
            }
        }
    }
}
