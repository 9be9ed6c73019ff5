using System.Collections.Concurrent;

namespace ChaosHarness.SystemFiles.Traffic;

/// <summary>Connections that are used by one write at a time. One that failed is not used again, and none is opened before it is needed.</summary>
/// <param name="open">Opens one.</param>
/// <param name="isOpen">Whether one that waited for its next use still is; null where that is seen by using it alone.</param>
internal sealed class ConnectionPool<T>(Func<CancellationToken, Task<T>> open, Func<T, bool>? isOpen = null) : IAsyncDisposable
    where T : class, IAsyncDisposable
{
    private readonly ConcurrentBag<T> _idle = [];
    private volatile bool _isOver;

    /// <summary>Does something with a connection.</summary>
    public async ValueTask<TResult> UseAsync<TResult>(Func<T, CancellationToken, ValueTask<TResult>> use, CancellationToken cancellationToken)
    {
        var connection = await IdleAsync().ConfigureAwait(false) ?? await open(cancellationToken).ConfigureAwait(false);
        try
        {
            var result = await use(connection, cancellationToken).ConfigureAwait(false);
            _idle.Add(connection);
            if (_isOver)
            {
                await EndIdleAsync().ConfigureAwait(false);
            }

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
        await EndIdleAsync().ConfigureAwait(false);
    }

    // What the other side ended while nobody used it is no failure of the next write.
    private async ValueTask<T?> IdleAsync()
    {
        while (_idle.TryTake(out var idle))
        {
            if (isOpen?.Invoke(idle) != false)
            {
                return idle;
            }

            await idle.DisposeAsync().ConfigureAwait(false);
        }

        return null;
    }

    private async ValueTask EndIdleAsync()
    {
        // All at once: each says goodbye to somebody who may not answer.
        var ending = new List<Task>();
        while (_idle.TryTake(out var connection))
        {
            ending.Add(connection.DisposeAsync().AsTask());
        }

        await Task.WhenAll(ending).ConfigureAwait(false);
    }
}
