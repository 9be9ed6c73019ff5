namespace ChaosHarness.Safety;

/// <summary>A lease that a run has, until it is disposed of.</summary>
public interface IHeldLease : IAsyncDisposable
{
    /// <summary>Completes with why, should it be lost before it was given back: the run is then halted. Never fails.</summary>
    Task<string> Lost { get; }

    /// <summary>Notes what is left broken: others then know what a person has to do first. Each time it is asked replaces the one before: before the run breaks anything, when it begins to, should it die over that, and when it has undone what it broke.</summary>
    /// <param name="faults">What this run or an earlier one could not undo, or has not yet, with instructions; empty when nothing is left.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is noted.</returns>
    ValueTask LeaveAsync(IReadOnlyList<string> faults, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
