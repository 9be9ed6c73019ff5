using ChaosHarness.Faults;

namespace ChaosHarness.Sweeps;

/// <summary>A network link as generic experiments see it.</summary>
/// <param name="Name">Unique among the links of the system, such as <c>orders-a to database</c>.</param>
public sealed record SweptLink(string Name)
{
    /// <summary>Lets nothing pass.</summary>
    /// <value>Default: null, which cannot be done.</value>
    public Fault? Cut { get; init; }

    /// <summary>Delays what passes, by a time such as <c>300ms</c>.</summary>
    /// <value>Default: null, which cannot be done.</value>
    public Func<string, Fault>? Slow { get; init; }
}
