namespace ChaosHarness.Checkers;

/// <summary>What a checker found in a history. <see cref="object.ToString"/> says it in words.</summary>
/// <param name="Figures">Its numbers.</param>
public abstract record Finding(IReadOnlyList<Figure> Figures);
