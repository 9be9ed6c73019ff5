using ChaosHarness.Histories;
using ChaosHarness.Safety;
using ChaosHarness.Timing;

namespace ChaosHarness.Faults.Restores;

/// <summary>
/// A backup that is restored to a place apart, looked at, and thrown away. What it leaves is undone like any fault: noted before it is there, and gone
/// whatever happens. That it cannot be restored is what the experiment finds, and no failure of the harness: the run goes on, and is judged.
/// It reads the system under test at most, and never writes to it.
/// </summary>
public abstract class Restore : Fault
{
    /// <summary>Restores, and looks at what came of it.</summary>
    /// <param name="recipe">What throws the copy away, as it was planned; it says where the copy goes.</param>
    /// <param name="notes">What it says of itself.</param>
    /// <param name="cancellationToken">Ends the attempt; what is there is thrown away.</param>
    /// <returns>When everything was looked at. What it throws is why there is no copy that could be used.</returns>
    protected internal abstract ValueTask RestoreAsync(RevertRecipe recipe, RestoreNotes notes, CancellationToken cancellationToken);

    /// <inheritdoc/>
    protected internal sealed override ValueTask ApplyAsync(RevertRecipe recipe, CancellationToken cancellationToken) =>
        throw new InvalidOperationException($"'{Name}' is restored by an experiment, which keeps what comes of it.");

    internal sealed override async ValueTask ApplyAsync(RevertRecipe recipe, RunClock clock, HistoryWriter history, CancellationToken cancellationToken)
    {
        var notes = new RestoreNotes(Name, clock, history);
        history.Add(await notes.CopyOfAsync(said => RestoreAsync(recipe, said, cancellationToken), cancellationToken).ConfigureAwait(false));
    }
}
