using System.Buffers;
using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace ChaosHarness.Toxiproxy.Server.Connections;

/// <summary>
/// Moves what the sender has to the receiver, with no toxic in between. What comes in small pieces is read and written; once a buffer is filled,
/// Linux moves the rest inside the kernel.
/// </summary>
internal static class StraightCopy
{
    private const int BufferLength = 64 * 1024;

    // A busy stream lets others have their turn after this many moves.
    private const int MovesInARow = 16;

    private static readonly ConcurrentBag<SplicePipe> IdlePipes = [];

    /// <summary>Copies until the sender has nothing more at the moment, or toxics want to see the bytes.</summary>
    /// <param name="source">The sender; it has something.</param>
    /// <param name="destination">The receiver.</param>
    /// <param name="link">Where it is counted.</param>
    /// <returns>False at the end of the stream.</returns>
    public static async ValueTask<bool> RunAsync(Socket source, Socket destination, Link link)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            var length = await source.ReceiveAsync(buffer, SocketFlags.None).ConfigureAwait(false);
            if (length == 0)
            {
                return false;
            }

            await SendAsync(destination, buffer.AsMemory(0, length)).ConfigureAwait(false);
            link.Passed(length);
            if (length < buffer.Length || !OperatingSystem.IsLinux())
            {
                return true;
            }

            // A stream: it must not keep the thread that brings the events of all sockets.
            await Task.Yield();
            return await SpliceAsync(source, destination, link, buffer).ConfigureAwait(false);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    [SupportedOSPlatform("linux")]
    private static async ValueTask<bool> SpliceAsync(Socket source, Socket destination, Link link, byte[] buffer)
    {
        var pipe = IdlePipes.TryTake(out var idle) ? idle : SplicePipe.TryCreate();
        if (pipe is null)
        {
            return true;
        }

        var reusable = false;
        bool sourceHeld = false, destinationHeld = false;
        try
        {
            // Held, so that their numbers cannot become another socket's while the kernel works with them.
            source.SafeHandle.DangerousAddRef(ref sourceHeld);
            destination.SafeHandle.DangerousAddRef(ref destinationHeld);
            var (from, to) = (source.SafeHandle.DangerousGetHandle(), destination.SafeHandle.DangerousGetHandle());
            for (var moves = 1; !link.MustStop; moves++)
            {
                var count = pipe.Fill(from);
                if (count <= 0)
                {
                    // A failure of the sender shows, with its reason, at the next receive.
                    reusable = true;
                    return count != 0;
                }

                await EmptyAsync(pipe, destination, to, count, buffer).ConfigureAwait(false);
                link.Passed(count);
                if (moves % MovesInARow == 0)
                {
                    await Task.Yield();
                }
            }

            reusable = true;
            return true;
        }
        finally
        {
            if (sourceHeld)
            {
                source.SafeHandle.DangerousRelease();
            }

            if (destinationHeld)
            {
                destination.SafeHandle.DangerousRelease();
            }

            // What broke may have left bytes in it.
            if (reusable)
            {
                IdlePipes.Add(pipe);
            }
            else
            {
                pipe.Dispose();
            }
        }
    }

    [SupportedOSPlatform("linux")]
    private static async ValueTask EmptyAsync(SplicePipe pipe, Socket destination, nint to, int count, byte[] buffer)
    {
        while (count > 0)
        {
            var moved = pipe.Empty(to, count);
            if (moved == SplicePipe.WouldWait)
            {
                // Sending from memory is how we learn that the receiver takes more.
                moved = pipe.Read(buffer.AsSpan(0, Math.Min(count, buffer.Length)));
                await SendAsync(destination, buffer.AsMemory(0, Math.Max(0, moved))).ConfigureAwait(false);
            }

            if (moved <= 0)
            {
                throw new BrokenDestinationException();
            }

            count -= moved;
        }
    }

    private static async ValueTask SendAsync(Socket destination, ReadOnlyMemory<byte> data)
    {
        try
        {
            await destination.SendAsync(data, SocketFlags.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (SocketFailures.Are(exception))
        {
            throw new BrokenDestinationException(exception);
        }
    }
}
