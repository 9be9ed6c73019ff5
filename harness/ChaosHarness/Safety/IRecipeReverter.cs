
namespace ChaosHarness.Safety;

/// <summary>Undoes a fault from its recipe alone, after the run that injected it was killed.</summary>
public interface IRecipeReverter
{
    /// <summary>The kind of recipe that it understands.</summary>
    string Kind { get; }

    /// <summary>Undoes the fault; harmless when it is undone already.</summary>
    /// <param name="recipe">The recipe as it was written before the fault took effect.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>When it is undone; a thrown exception keeps the fault in the journal.</returns>
    ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken);
}
