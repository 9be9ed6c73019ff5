namespace ChaosHarness.Hosts;

/// <summary>Reads what a shell writes, piece by piece, up to marks that it was told to write.</summary>
internal sealed class MarkedReader(Stream stream)
{
    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads up to a mark and the end of its line.</summary>
    /// <param name="mark">The mark.</param>
    /// <param name="kept">Where what comes before it goes.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What stands behind the mark on its line; null when the stream ended before.</returns>
    public async Task<string?> ReadAsync(ReadOnlyMemory<byte> mark, BoundedBytes? kept, CancellationToken cancellationToken)
    {
        while (true)
        {
            var pending = _buffer.AsMemory(_start, _end - _start);
            var at = pending.Span.IndexOf(mark.Span);
            if (at >= 0 && pending.Span[(at + mark.Length)..].IndexOf((byte)'\n') is >= 0 and var length)
            {
                kept?.Add(pending.Span[..at]);
                var rest = System.Text.Encoding.ASCII.GetString(pending.Span.Slice(at + mark.Length, length));
                _start += at + mark.Length + length + 1;
                return rest;
            }

            // A mark may have come in part: so much stays that it is found whole.
            var sure = at >= 0 ? at : Math.Max(0, pending.Length - mark.Length + 1);
            kept?.Add(pending.Span[..sure]);
            _start += sure;
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
            {
                return null;
            }
        }
    }

    /// <summary>Reads what is left, up to its end.</summary>
    public async Task DrainAsync(BoundedBytes kept)
    {
        kept.Add(_buffer.AsSpan(_start, _end - _start));
        _start = _end;
        await kept.FillAsync(stream).ConfigureAwait(false);
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        try
        {
            var count = await stream.ReadAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
            _end += count;
            return count > 0;
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return false;
        }
    }
}
