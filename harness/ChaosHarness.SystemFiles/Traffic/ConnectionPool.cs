using System.Collections.Concurrent;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Connections that are used by one write at a time. One that failed is not used again, and none is opened before it is needed.</summary>
/// <param name="open">Opens one.</param>
internal sealed class ConnectionPool<T>(Func<CancellationToken, Task<T>> open) : IAsyncDisposable
    where T : IAsyncDisposable
{
    private readonly ConcurrentBag<T> _idle = [];
    private volatile bool _isOver;

    /// <summary>Does something with a connection.</summary>
    public async ValueTask<TResult> UseAsync<TResult>(Func<T, CancellationToken, ValueTask<TResult>> use, CancellationToken cancellationToken)
    {
        var connection = _idle.TryTake(out var idle) ? idle : await open(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await use(connection, cancellationToken).ConfigureAwait(false);
            if (!_isOver)
            {
                _idle.Add(connection);
                return result;
            }

            await connection.DisposeAsync().ConfigureAwait(false);
            return result;
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        while (_idle.TryTake(out var connection))
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}
