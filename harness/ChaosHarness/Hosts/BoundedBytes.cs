using System.Buffers;
using System.Text;

namespace ChaosHarness.Hosts;

/// <summary>The beginning of what a program writes: up to a number of bytes, while the rest is read and dropped. For whoever adds a kind of host; safe for use by many threads at once.</summary>
/// <param name="most">How many bytes are kept.</param>
public sealed class BoundedBytes(int most)
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

    /// <summary>Takes what was written next.</summary>
    /// <param name="bytes">The bytes.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        lock (_lock)
        {
            var room = Math.Max(0, most - _kept.WrittenCount);
            _isCut |= bytes.Length > room;
            _kept.Write(bytes[..Math.Min(room, bytes.Length)]);
        }
    }

    /// <summary>Reads a stream to its end, or until it breaks.</summary>
    /// <param name="stream">What the program writes to.</param>
    /// <returns>When it has ended.</returns>
    public async Task FillAsync(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
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
