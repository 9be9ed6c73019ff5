using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace ChaosHarness.Toxiproxy.Server.Connections;

/// <summary>A pipe of the kernel through which bytes go from socket to socket without being copied here. Linux only.</summary>
[SupportedOSPlatform("linux")]
internal sealed partial class SplicePipe : IDisposable
{
    /// <summary>How much one splice takes at most.</summary>
    public const int Capacity = 1024 * 1024;

    private const int CloseOnExec = 0x80000;
    private const int NonBlocking = 0x800;
    private const int SetPipeSize = 1031;
    private const uint MoveNonBlocking = 0x1 | 0x2;
    private const int TryAgain = 11;
    private const int Interrupted = 4;
    private readonly int _readEnd;
    private readonly int _writeEnd;

    private SplicePipe(int readEnd, int writeEnd)
    {
        _readEnd = readEnd;
        _writeEnd = writeEnd;
    }

    /// <summary>Makes one.</summary>
    /// <returns>The pipe, or null when the process has no more file descriptors: the bytes then go the slow way.</returns>
    public static SplicePipe? TryCreate()
    {
        Span<int> ends = stackalloc int[2];
        if (CreatePipe(ref ends[0], CloseOnExec | NonBlocking) != 0)
        {
            return null;
        }

        // An ordinary user may be over the limit for large pipes; a small one works too.
        _ = Control(ends[1], SetPipeSize, Capacity);
        return new SplicePipe(ends[0], ends[1]);
    }

    /// <summary>Takes bytes from a socket into the pipe.</summary>
    /// <param name="socket">The socket.</param>
    /// <returns>How many; 0 at the end of the stream, <see cref="WouldWait"/> when there are none, other negatives when the socket failed.</returns>
    public int Fill(nint socket) => Splice((int)socket, _writeEnd, Capacity);

    /// <summary>Gives bytes from the pipe to a socket.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="count">How many there are.</param>
    /// <returns>How many it took, <see cref="WouldWait"/> when it is full, other negatives when it failed.</returns>
    public int Empty(nint socket, int count) => Splice(_readEnd, (int)socket, count);

    /// <summary>Takes bytes out into memory.</summary>
    /// <param name="buffer">Where to.</param>
    /// <returns>How many.</returns>
    public unsafe int Read(Span<byte> buffer)
    {
        fixed (byte* start = buffer)
        {
            return (int)ReadEnd(_readEnd, start, buffer.Length);
        }
    }

    /// <summary>The socket has nothing to give or cannot take more now.</summary>
    public const int WouldWait = -1;

    private const int Failed = -2;

    public void Dispose()
    {
        _ = CloseEnd(_readEnd);
        _ = CloseEnd(_writeEnd);
    }

    private static int Splice(int from, int to, int count)
    {
        while (true)
        {
            var moved = SpliceBytes(from, 0, to, 0, count, MoveNonBlocking);
            if (moved >= 0)
            {
                return (int)moved;
            }

            switch (Marshal.GetLastPInvokeError())
            {
                case TryAgain: return WouldWait;
                case Interrupted: continue;
                default: return Failed;
            }
        }
    }

    [LibraryImport("libc", EntryPoint = "pipe2", SetLastError = true)]
    private static partial int CreatePipe(ref int ends, int flags);

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int Control(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "splice", SetLastError = true)]
    private static partial nint SpliceBytes(int from, nint fromOffset, int to, nint toOffset, nint count, uint flags);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static unsafe partial nint ReadEnd(int descriptor, byte* buffer, nint count);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int CloseEnd(int descriptor);
}
