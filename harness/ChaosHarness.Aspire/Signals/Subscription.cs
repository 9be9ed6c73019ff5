namespace ChaosHarness.Aspire.Signals;

/// <summary>Listens to something without an end until it is disposed of, and passes nothing on afterwards.</summary>
internal sealed class Subscription : IDisposable
{
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private bool _isOver;

    /// <param name="listen">Listens; given what passes something on, and what ends it.</param>
    public Subscription(Func<Action<Action>, CancellationToken, Task> listen) => _ = Task.Run(() => ListenAsync(listen));

    // Waits for a call that goes on: none comes afterwards.
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _ended.Cancel();
    }

    private async Task ListenAsync(Func<Action<Action>, CancellationToken, Task> listen)
    {
        try
        {
            await listen(Pass, _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException or ObjectDisposedException)
        {
            // The run is over, or the application.
        }
    }

    private void Pass(Action pass)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                pass();
            }
        }
    }
}
