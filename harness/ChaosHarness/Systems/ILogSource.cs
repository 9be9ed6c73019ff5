namespace ChaosHarness.Systems;

/// <summary>Passes on what one component writes to its log.</summary>
public interface ILogSource
{
    /// <summary>The component.</summary>
    string Component { get; }

    /// <summary>Begins to listen.</summary>
    /// <param name="onLine">Called for each line, on any thread; it returns at once and never throws.</param>
    /// <returns>Disposed when the run is over.</returns>
    IDisposable Subscribe(Action<string> onLine);
}
