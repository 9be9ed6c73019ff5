using ChaosHarness.Containers.Engines;

namespace ChaosHarness.Containers.Signals;

/// <summary>Follows a stream of an engine until it is disposed of; one that ends, as with its engine or its container, is opened again.</summary>
internal sealed class Following : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private bool _isOver;

    /// <param name="follow">Follows the stream to its end.</param>
    /// <param name="onTrouble">Told once why it could not be followed, until it can be again.</param>
    public Following(Func<Following, CancellationToken, Task> follow, Action<string>? onTrouble = null) => _ = Task.Run(() => FollowAsync(follow, onTrouble));

    /// <summary>Passes something on, unless it is over.</summary>
    public void Pass(Action act)
    {
        lock (_lock)
        {
            if (!_isOver)
            {
                act();
            }
        }
    }

    // Waits for a call that goes on: none comes afterwards.
    public void Dispose()
    {
        lock (_lock)
        {
            _isOver = true;
        }

        _ended.Cancel();
    }

    private async Task FollowAsync(Func<Following, CancellationToken, Task> follow, Action<string>? onTrouble)
    {
        var isTold = false;
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                await follow(this, _ended.Token).ConfigureAwait(false);
                isTold = false;
            }
            catch (Exception exception) when (exception is EngineException || EngineTrouble.IsOfTheEngine(exception))
            {
                if (!isTold && onTrouble is not null)
                {
                    Pass(() => onTrouble(exception.Message));
                }

                isTold = true;
            }

            await Task.Delay(Pause, _ended.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
