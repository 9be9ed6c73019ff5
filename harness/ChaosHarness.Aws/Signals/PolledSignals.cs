using Amazon.Runtime;
using ChaosHarness.Systems;

namespace ChaosHarness.Aws.Signals;

/// <summary>Signals of something that has to be asked again and again. While it cannot be asked there are none.</summary>
public abstract class PolledSignals : ISignalSource
{
    private readonly TimeSpan _interval;

    private protected PolledSignals(TimeSpan interval) => _interval = interval;

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        var stop = new CancellationTokenSource();
        var polling = Task.Run(() => PollAsync(Begin(), onSignal, stop.Token));
        return new Subscription(stop, polling);
    }

    /// <summary>Begins to watch.</summary>
    /// <returns>Asks once; returns what is new since it was asked before.</returns>
    private protected abstract Func<CancellationToken, Task<IReadOnlyList<Signal>>> Begin();

    private async Task PollAsync(Func<CancellationToken, Task<IReadOnlyList<Signal>>> ask, Action<Signal> onSignal, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                foreach (var signal in await ask(stop).ConfigureAwait(false))
                {
                    onSignal(signal);
                }
            }
            catch (Exception exception) when (exception is AmazonServiceException or AmazonClientException or HttpRequestException or OperationCanceledException)
            {
                // Asked again in a moment.
            }

            await Task.Delay(_interval, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private sealed class Subscription(CancellationTokenSource stop, Task polling) : IDisposable
    {
        public void Dispose()
        {
            stop.Cancel();
            polling.GetAwaiter().GetResult();
            stop.Dispose();
        }
    }
}
