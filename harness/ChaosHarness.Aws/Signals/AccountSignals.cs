using ChaosHarness.Systems;

namespace ChaosHarness.Aws.Signals;

/// <summary>What experiments of FIS do, as the timeline shows it.</summary>
public sealed class AccountSignals : ISignalSource
{
    private readonly Lock _gate = new();
    private readonly List<Action<Signal>> _listeners = [];

    internal AccountSignals()
    {
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<Signal> onSignal)
    {
        lock (_gate)
        {
            _listeners.Add(onSignal);
        }

        return new Subscription(this, onSignal);
    }

    internal void Note(string source, string detail)
    {
        var signal = new Signal(TimeProvider.System.GetTimestamp(), source, SignalKind.Noted, detail);
        lock (_gate)
        {
            _listeners.ForEach(listener => listener(signal));
        }
    }

    private sealed class Subscription(AccountSignals signals, Action<Signal> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (signals._gate)
            {
                signals._listeners.Remove(listener);
            }
        }
    }
}
