namespace ChaosHarness.Experiments;

/// <summary>Makes a watcher of the runs of an assembly, of the parameters of a profile.</summary>
public interface IRunWatcherFactory
{
    /// <summary>The names of the parameters that it reads, such as <c>Chaos.Board</c>: without it they would be unknown, and refused.</summary>
    IReadOnlyList<string> Parameters { get; }

    /// <summary>Makes the watcher: once, before the first run.</summary>
    /// <param name="settings">What the tests run with.</param>
    /// <returns>The watcher; null when the parameters ask for none.</returns>
    /// <exception cref="FormatException">A value is wrong; names the parameter, and what it has to look like.</exception>
    IRunWatcher? Create(WatcherSettings settings);
}
