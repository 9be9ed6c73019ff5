using ChaosHarness.Systems;

namespace ChaosHarness.Tests.Adversarial;

/// <summary>A source of signals and logs that is hostile when it is asked to tell, or when it is asked to end.</summary>
internal sealed class HostileSource(HostileShop shop, Hostility? subscribing, Hostility? ending = null) : ISignalSource, ILogSource
{
    private int _open;

    public string Component => "hostile";

    /// <summary>How many subscriptions nobody has ended.</summary>
    public int Open => Volatile.Read(ref _open);

    public IDisposable Subscribe(Action<Signal> onSignal) => Subscribe();

    public IDisposable Subscribe(Action<string> onLine) => Subscribe();

    // It has no token, and returns once it listens: whatever is hostile holds up its thread.
    private Subscription Subscribe()
    {
        Wait(subscribing);
        Interlocked.Increment(ref _open);
        return new Subscription(this);
    }

    private void Wait(Hostility? hostility)
    {
        if (hostility is { } how)
        {
            shop.DoAsync(how, 0).AsTask().GetAwaiter().GetResult();
        }
    }

    private sealed class Subscription(HostileSource source) : IDisposable
    {
        public void Dispose()
        {
            Interlocked.Decrement(ref source._open);
            source.Wait(source.Ending);
        }
    }

    private Hostility? Ending => ending;
}
