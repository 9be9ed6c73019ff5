using System.Buffers;
using System.Text;

namespace ChaosHarness.Hosts;

/// <summary>The beginning of what a program writes: up to a number of bytes, while the rest is read and dropped.</summary>
internal sealed class BoundedBytes(int most)
{
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _kept = new();
    private bool _isCut;

    /// <summary>Whether something was dropped.</summary>
    public bool IsCut
    {
        get
        {
            lock (_lock)
            {
                return _isCut;
            }
        }
    }

    /// <summary>What was kept, as UTF-8.</summary>
    public string Text
    {
        get
        {
            lock (_lock)
            {
                return Encoding.UTF8.GetString(_kept.WrittenSpan);
            }
        }
    }

    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var room = Math.Max(0, most - _kept.WrittenCount);
            _isCut |= bytes.Length > room;
            _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
        }
    }

    /// <summary>Reads a stream to its end.</summary>
    public async Task FillAsync(Stream stream)
    {
        var buffer = new byte[8192];
        try
        {
            while (await stream.ReadAsync(buffer, CancellationToken.None).ConfigureAwait(false) is > 0 and var count)
            {
                Add(buffer.AsSpan(0, count));
            }
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // Nobody listens any more.
        }
    }
}
