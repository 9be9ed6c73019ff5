namespace ChaosHarness.Experiments;

/// <summary>Shows a run while it goes on: on a terminal, in the log of a pipeline, on a board. It changes nothing of the run, and nothing waits for it.</summary>
public interface IRunWatcher
{
    /// <summary>Watches one run from its beginning to its end, by looking at it as often as it likes.</summary>
    /// <param name="run">The run.</param>
    /// <param name="over">Cancelled when the run is over: a last look, and it has to return. A second later nobody listens any more.</param>
    /// <returns>When it has shown the end.</returns>
    Task WatchAsync(LiveRun run, CancellationToken over);
}
