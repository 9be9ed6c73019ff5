namespace ChaosHarness.Systems;

/// <summary>Passes on what the system under test says of itself.</summary>
public interface ISignalSource
{
    /// <summary>Begins to listen.</summary>
    /// <param name="onSignal">Called for each signal, on any thread; it returns at once and never throws.</param>
    /// <returns>Disposed when the run is over: no call comes after that.</returns>
    IDisposable Subscribe(Action<Signal> onSignal);
}
