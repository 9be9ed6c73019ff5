using System.Buffers;
using System.Net.Sockets;
using ChaosHarness.Toxiproxy.Server.Streams;

namespace ChaosHarness.Toxiproxy.Server.Connections;

/// <summary>Reads one chunk into memory of just its size: a slow link may hold a thousand of them.</summary>
internal static class ChunkReader
{
    public static async ValueTask<ReadOnlyMemory<byte>> ReadAsync(Socket source)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(Chunk.MaximumLength);
        try
        {
            var length = await source.ReceiveAsync(buffer.AsMemory(0, Chunk.MaximumLength), SocketFlags.None).ConfigureAwait(false);
            return buffer.AsSpan(0, length).ToArray();
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
