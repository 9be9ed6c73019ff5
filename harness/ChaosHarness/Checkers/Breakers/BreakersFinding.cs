namespace ChaosHarness.Checkers.Breakers;

/// <summary>What circuit breakers did.</summary>
/// <param name="Breakers">Each that ever said something, by name.</param>
/// <param name="IsListenedTo">Whether anybody would have heard of one that changed its state: then one that said nothing changed nothing.</param>
public sealed record BreakersFinding(IReadOnlyList<BreakerBehaviour> Breakers, bool IsListenedTo)
    : Finding([.. Breakers.SelectMany(breaker => breaker.Figures())])
{
    /// <summary>Finds what one did.</summary>
    /// <param name="name">As in its signals.</param>
    /// <returns>What it did; null when it never said anything.</returns>
    public BreakerBehaviour? Find(string name) => Breakers.FirstOrDefault(breaker => breaker.Breaker == name);

    /// <summary>What each did.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => Breakers.Count == 0 ? "no breaker said anything" : string.Join("; ", Breakers.Select(breaker => $"{breaker.Breaker}: {breaker}"));
}
