using ChaosHarness.Systems;

namespace ChaosHarness.Logs;

/// <summary>A source that others write to: processes whose output is read, or a client that follows a log elsewhere. Safe for many writers.</summary>
/// <param name="component">The component.</param>
public sealed class LogLines(string component) : ILogSource
{
    private readonly Lock _lock = new();
    private Action<string>? _listeners;

    /// <inheritdoc/>
    public string Component => component;

    /// <summary>Passes a line on.</summary>
    /// <param name="line">Without its end.</param>
    public void Add(string line)
    {
        Action<string>? listeners;
        lock (_lock)
        {
            listeners = _listeners;
        }

        listeners?.Invoke(line);
    }

    /// <inheritdoc/>
    public IDisposable Subscribe(Action<string> onLine)
    {
        lock (_lock)
        {
            _listeners += onLine;
        }

        return new Subscription(this, onLine);
    }

    private sealed class Subscription(LogLines source, Action<string> onLine) : IDisposable
    {
        public void Dispose()
        {
            lock (source._lock)
            {
                source._listeners -= onLine;
            }
        }
    }
}
