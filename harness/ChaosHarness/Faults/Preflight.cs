namespace ChaosHarness.Faults;

/// <summary>Whether a fault can be injected and undone right now.</summary>
public sealed record Preflight
{
    private Preflight(string? obstacle) => Obstacle = obstacle;

    /// <summary>The target is there, and so is the way back.</summary>
    public static Preflight Ready { get; } = new(null as string);

    /// <summary>What is missing, and what to do about it; null when nothing is.</summary>
    public string? Obstacle { get; }

    /// <summary>It cannot be injected, or not be undone: the experiment is Inconclusive, and nothing is injected.</summary>
    /// <param name="obstacle">What is missing, and what to do about it.</param>
    /// <returns>The answer.</returns>
    public static Preflight NotReady(string obstacle) => new(obstacle);
}
