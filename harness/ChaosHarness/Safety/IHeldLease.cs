namespace ChaosHarness.Safety;

/// <summary>A lease that a run has, until it is disposed of.</summary>
public interface IHeldLease : IAsyncDisposable
{
    /// <summary>Completes with why, should it be lost before it was given back: the run is then halted. Never fails.</summary>
    Task<string> Lost { get; }

    /// <summary>Notes that the run left faults behind, before it gives the lease back: others then know what a person has to do first.</summary>
    /// <param name="faults">What could not be undone, with instructions.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is noted.</returns>
    ValueTask LeaveAsync(IReadOnlyList<string> faults, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
