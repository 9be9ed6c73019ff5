namespace ChaosHarness.Safety.Watchdogs;

/// <summary>What undoes faults of a kind, asked once what kind that is.</summary>
internal sealed class MadeReverter(string kind, IRecipeReverter reverter) : IRecipeReverter
{
    public string Kind => kind;

    /// <summary>Of which type it is.</summary>
    public Type Type => reverter.GetType();

    public ValueTask RevertAsync(RevertRecipe recipe, CancellationToken cancellationToken) => reverter.RevertAsync(recipe, cancellationToken);
}
